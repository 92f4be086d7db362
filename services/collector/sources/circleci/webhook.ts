// CircleCI's outbound webhooks: a workflow, or a job of one, is over. A workflow is the run here; its pipeline may hold several.
import type { Actor, Cicd, Vcs } from '../../../core/activity.ts';
import { PipewardenError } from '../../../core/errors.ts';
import { actorType } from '../../../core/identity/bots.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { Instant } from '../../../core/time.ts';
import { headOf } from '../../delivery.ts';
import { anyKnown, at, identifier, instant, known, object, text } from '../../fields.ts';
import { hmac } from '../../receiver/proofs.ts';
import { repositoryOf } from '../../repository-url.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { repositoryOfSlug } from './shared/project.ts';
import { runResult } from './shared/run-state.ts';

const MARKS = ['workflow', 'job', 'pipeline', 'webhook'];

export const circleciWebhook = defineSource({
  id: 'circleci.webhook',
  title: 'CircleCI outbound webhooks',
  reference: 'https://circleci.com/docs/reference/outbound-webhooks-reference/',
  // https://circleci.com/docs/outbound-webhooks/#validate-webhooks
  push: { path: '/hooks/circleci', proof: hmac('circleci-signature', 'v1='), event: 'circleci-event-type' },
  body: 'json',
  identifiers: ['id', 'revision', 'checkout_sha', 'commit_sha', 'actor_id'],
  normalize,
  time: timeOf,
});

function timeOf(body: Json): Instant | undefined {
  return instant(body, 'happened_at');
}

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const { body } = record;
  if (!isObject(body) || !MARKS.some((mark) => isObject(body[mark]))) {
    throw new PipewardenError('RECORD_INVALID', { source: record.source, problem: 'the body is no delivery' });
  }
  const type = text(body, 'type') ?? record.event ?? 'unnamed';
  const job = object(body, 'job');
  const status = text(job ?? body.workflow, 'status');
  const base = known({
    native_type: type,
    natural_id: (job ? endOf('job', job) : endOf('workflow', object(body, 'workflow'))) ?? text(body, 'id'),
    observed_at: timeOf(body),
    organization: text(body, 'organization', 'name'),
    actor: actorOf(body),
    vcs: vcsOf(body),
    cicd: cicdOf(body, job),
  });
  if (job) return [{ ...base, kind: 'job', detail: { action: status ?? 'completed' } }];
  if (!isObject(body.workflow)) return [{ ...base, kind: 'other', detail: { type } }];
  return [{ ...base, kind: 'run', detail: { action: status ?? 'completed' } }];
}

/** Each ends once: what is run again has another id. So the API tells the same, and so do two webhooks of a project. */
function endOf(kind: string, told: JsonObject | undefined): string | undefined {
  const [id, status] = [text(told, 'id'), text(told, 'status')];
  return id === undefined || runResult(status) === undefined ? undefined : `${kind}/${id}/${status}`;
}

/** The map that tells what a trigger brought: named by its provider (`gitlab`, `github_app` …), some only `git`. */
function trigger(body: JsonObject): Json | undefined {
  const parameters = object(body, 'pipeline', 'trigger_parameters');
  const own = Object.entries(parameters ?? {}).find(([name, map]) => isObject(map) && !/^(?:git|circleci)$/.test(name));
  return own?.[1];
}

function git(body: JsonObject): Json | undefined {
  return at(body, 'pipeline', 'trigger_parameters', 'git');
}

/** GitHub's OAuth app and Bitbucket Cloud tell it in `vcs`, all others in the trigger's parameters. */
function vcsOf(body: JsonObject): Vcs | undefined {
  const vcs = at(body, 'pipeline', 'vcs');
  const told = trigger(body);
  const address =
    text(vcs, 'target_repository_url') ??
    text(told, 'repo_url') ??
    text(git(body), 'repo_url') ??
    text(git(body), 'checkout_url') ??
    text(told, 'web_url');
  const repository = repositoryOf(address) ?? repositoryOfSlug(text(body, 'project', 'slug')) ?? ownName(body);
  const tag = text(vcs, 'tag') ?? text(git(body), 'tag');
  const name = tag ?? text(vcs, 'branch') ?? text(git(body), 'branch') ?? text(told, 'branch') ?? text(told, 'ref');
  const sha = text(vcs, 'revision') ?? text(git(body), 'checkout_sha') ?? text(told, 'checkout_sha');
  const head = headOf(name, sha, name === undefined ? undefined : tag === undefined ? 'branch' : 'tag');
  return anyKnown({ ...repository, ref: anyKnown({ head }) });
}

/** A project without a repository's address is known by its organization's and its own name. */
function ownName(body: JsonObject): Pick<Vcs, 'repository'> | undefined {
  const [organization, project] = [text(body, 'organization', 'name'), text(body, 'project', 'name')];
  return organization === undefined || project === undefined
    ? undefined
    : { repository: { name: `${organization}/${project}` } };
}

function cicdOf(body: JsonObject, job: JsonObject | undefined): Cicd | undefined {
  const id = text(body, 'workflow', 'id');
  const result = runResult(text(body, 'workflow', 'status'));
  const run =
    id === undefined
      ? undefined
      : known({
          id,
          trigger: text(body, 'pipeline', 'trigger', 'type'),
          state: result === undefined ? undefined : ('finished' as const),
          result,
          url: text(body, 'workflow', 'url'),
        });
  const name = text(job, 'name');
  // By number, as in addresses, logs and the names of runners; the id is in the record.
  const ran = anyKnown({
    id: identifier(job, 'number') ?? text(job, 'id'),
    result: runResult(text(job, 'status')),
  });
  const task = name === undefined ? undefined : known({ name, run: ran });
  const pipeline = anyKnown({ name: text(body, 'workflow', 'name'), run, task });
  return pipeline && { pipeline };
}

/** Who pushed, where the trigger says so; else the author of the commit whose push started it. */
function actorOf(body: JsonObject): Actor | undefined {
  const told = trigger(body);
  const id = text(body, 'pipeline', 'trigger_parameters', 'circleci', 'actor_id');
  const login =
    text(told, 'user_username') ?? text(told, 'user_name') ?? text(body, 'pipeline', 'trigger', 'actor', 'login');
  if (login !== undefined) return known({ name: login, id, type: 'unknown' });
  const author =
    text(body, 'pipeline', 'trigger', 'type') === 'webhook'
      ? at(body, 'pipeline', 'vcs', 'commit', 'author')
      : undefined;
  const found = anyKnown({ name: text(author, 'name'), id, email: text(author, 'email')?.toLowerCase() });
  return found && { ...found, type: actorType(found) };
}
