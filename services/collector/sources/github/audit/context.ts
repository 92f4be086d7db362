// What all audit-log entries may say: who, with what, from where, in which repository, run and job.
import type { Actor, Cicd, Client, Credential, Vcs } from '../../../../core/activity.ts';
import type { Json, JsonObject } from '../../../../core/json.ts';
import type { Instant } from '../../../../core/time.ts';
import { anyKnown, at, firstText, identifier, instant, known, number, text, words, yesNo } from '../../../fields.ts';
import { isBotName } from '../shared/actor.ts';
import { headOf, revision } from '../shared/delivery.ts';
import { runResult } from '../shared/run-state.ts';

/** Streams say `@timestamp`, exports and the API `created_at`; a query engine may have renamed the first. */
export function timeOf(entry: Json): Instant | undefined {
  return instant(entry, '@timestamp') ?? instant(entry, 'at_sign_timestamp') ?? instant(entry, 'created_at');
}

/** Where single sign-on is used, the identity provider's name of the person is often their address. */
export function actorOf(entry: JsonObject): Actor | undefined {
  const name = text(entry, 'actor');
  if (name === undefined) return undefined;
  const bot = yesNo(entry, 'actor_is_bot');
  const identity = text(entry, 'external_identity_nameid') ?? text(entry, 'external_identity_username');
  return known({
    name,
    id: identifier(entry, 'actor_id'),
    email: identity?.includes('@') ? identity.toLowerCase() : undefined,
    type: bot || isBotName(name) ? 'bot' : bot === false ? 'person' : 'unknown',
  });
}

/**
 * The token by its hash, a key by its fingerprint, else the token by its number. An organization's owners know a fine-grained
 * token by its number: https://docs.github.com/en/rest/orgs/personal-access-tokens
 */
export function credentialOf(entry: JsonObject): Credential | undefined {
  const number = identifier(entry, 'token_id');
  const hash = text(entry, 'hashed_token');
  const id = hash ?? text(entry, 'deploy_key_fingerprint') ?? text(entry, 'public_key_fingerprint') ?? number;
  if (id === undefined) return undefined;
  const type = text(entry, 'programmatic_access_type');
  const isFineGrained = type?.startsWith('Fine-grained') === true && hash !== undefined && number !== undefined;
  return known({ id, also: isFineGrained ? [number] : undefined, type, scopes: scopesOf(entry) });
}

function scopesOf(entry: JsonObject): readonly string[] | undefined {
  const scopes = words(entry, 'token_scopes');
  return scopes?.length ? scopes : undefined;
}

export function clientOf(entry: JsonObject): Client | undefined {
  return anyKnown({
    address: text(entry, 'actor_ip'),
    country_iso_code: text(entry, 'actor_location', 'country_code'),
    user_agent: text(entry, 'user_agent'),
  });
}

/** Enterprises' own entries name no organization. */
export function organizationOf(entry: JsonObject): string | undefined {
  return firstText(entry, 'org') ?? firstText(entry, 'business');
}

export function vcsOf(entry: JsonObject): Vcs {
  const name = firstText(entry, 'repo') ?? firstText(entry, 'repository');
  const head = headOf(
    text(entry, 'head_branch') ?? text(entry, 'branch') ?? text(entry, 'ref'),
    text(entry, 'head_sha') ?? text(entry, 'after') ?? text(entry, 'commit_oid'),
  );
  const before = revision(text(entry, 'before'));
  return known({
    provider: { name: 'github' },
    repository: name === undefined ? undefined : known({ name, visibility: visibilityOf(entry) }),
    ref: anyKnown({ head, base: before === undefined ? undefined : { revision: before } }),
    change: pullRequestOf(entry),
  });
}

/** By the number that people and webhooks use, which stands in the address alone; else by GitHub's own. */
function pullRequestOf(entry: JsonObject): Vcs['change'] | undefined {
  const number = /\/pull\/(\d+)/.exec(text(entry, 'pull_request_url') ?? '')?.[1];
  const id = number ?? identifier(entry, 'pull_request_id');
  return id === undefined ? undefined : known({ id, title: text(entry, 'pull_request_title') });
}

/** Under the three names that entries use for it; where visibility itself changed, `visibility` tells. */
function visibilityOf(entry: JsonObject): 'public' | 'private' | undefined {
  const word = text(entry, 'visibility');
  if (word === 'public') return 'public';
  if (word === 'private' || word === 'internal') return 'private';
  const isPublic = yesNo(entry, 'public_repo') ?? yesNo(entry, 'repository_public');
  return isPublic === undefined ? undefined : isPublic ? 'public' : 'private';
}

export function cicdOf(action: string, entry: JsonObject): Cicd | undefined {
  const id = identifier(entry, 'workflow_run_id');
  const job = text(entry, 'job_name');
  const pipeline = anyKnown({
    name: action.startsWith('workflows.') ? text(entry, 'name') : undefined,
    definition: definition(entry),
    run:
      id === undefined
        ? undefined
        : known({
            id,
            attempt: number(entry, 'run_attempt'),
            trigger: text(entry, 'event'),
            state: stateOf(action, entry),
            result: runResult(text(entry, 'conclusion')),
          }),
    task: job === undefined ? undefined : { name: job },
  });
  const worker = anyKnown({
    id: identifier(entry, 'runner_id'),
    name: text(entry, 'runner_name'),
    labels: words(entry, 'runner_labels'),
    hosted: yesNo(entry, 'is_hosted_runner'),
    group: text(entry, 'runner_group_name'),
    owner_type: text(entry, 'runner_owner_type')?.toLowerCase(),
  });
  return anyKnown({ pipeline, worker });
}

function stateOf(action: string, entry: JsonObject): 'pending' | 'finished' | undefined {
  if (text(entry, 'completed_at')) return 'finished';
  return action === 'workflows.created_workflow_run' ? 'pending' : undefined;
}

/**
 * The definition that was started: the outermost caller where the job's own file is a called one. References read
 * `owner/name/.github/workflows/ci.yml@refs/heads/main`.
 */
function definition(entry: JsonObject): string | undefined {
  const outermost = words(entry, 'calling_workflow_refs')?.at(-1) ?? at(entry, 'job_workflow_ref');
  const file = typeof outermost === 'string' ? outermost.split('@', 1)[0] : undefined;
  return file?.split('/').slice(2).join('/') || undefined;
}
