// Buildbot's HttpStatusPush: the build as the data API returns it, with builder, buildset, request and properties.
import type { Actor, Cicd, Vcs } from '../../../core/activity.ts';
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { Instant } from '../../../core/time.ts';
import { anyKnown, at, flag, identifier, instant, known, list, number, text } from '../../fields.ts';
import { authorization } from '../../receiver/proofs.ts';
import { repositoryName } from '../../repository-name.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';

export const buildbotWebhook = defineSource({
  id: 'buildbot.webhook',
  title: 'Buildbot HttpStatusPush',
  reference: 'https://docs.buildbot.net/latest/manual/configuration/reporters/http_status.html',
  // https://docs.buildbot.net/current/manual/configuration/reporters/http_status.html
  push: { path: '/hooks/buildbot', proof: authorization },
  body: 'json',
  identifiers: ['revision', 'got_revision'],
  // A patch that somebody tries out is code, and base64.
  secrets: ['patch_base64'],
  normalize,
  time: (body) => timeOf(body),
});

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const build = record.body;
  if (!isObject(build) || !Object.hasOwn(build, 'buildid') || !Object.hasOwn(build, 'builderid')) {
    throw new PipewardenError('RECORD_INVALID', { source: record.source, problem: 'the body is no build' });
  }
  const action = flag(build, 'complete') ? 'finished' : 'started';
  const base = known({
    native_type: `build.${action}`,
    natural_id: nameOf(build, action),
    observed_at: timeOf(build),
    actor: actorOf(build),
    vcs: vcsOf(build),
    cicd: cicdOf(build, action),
  });
  const run: ActivityDraft = { ...base, kind: 'run', detail: { action } };
  // Steps are there where the reporter was told to want them.
  if (!Array.isArray(build.steps)) return [run];
  return [run, { ...base, kind: 'job', detail: { action, steps: build.steps.length } }];
}

/** The same for what was pushed and what was asked for: of a build that runs, not every field is the same twice. */
function nameOf(build: JsonObject, action: string): string | undefined {
  const id = identifier(build, 'buildid');
  const started = instant(build, 'started_at');
  return id === undefined || started === undefined ? undefined : `${id}@${started} ${action}`;
}

/** Seconds since 1970, or text: that depends on the version. */
function timeOf(build: Json): Instant | undefined {
  if (!isObject(build)) return undefined;
  return instant(build, 'complete_at') ?? instant(build, 'started_at');
}

/** The codes of https://docs.buildbot.net/latest/developer/results.html: a retry follows a build that broke off. */
const RESULTS = ['success', 'success', 'failure', 'skip', 'error', 'error', 'cancellation'] as const;

function cicdOf(build: JsonObject, action: 'started' | 'finished'): Cicd {
  const id = identifier(build, 'buildid');
  const name = text(build, 'builder', 'name') ?? propertyText(build, 'buildername');
  const result = RESULTS[number(build, 'results') ?? -1];
  const parent = identifier(build, 'buildset', 'parent_buildid');
  return known({
    pipeline: known({
      name,
      run:
        id === undefined
          ? undefined
          : known({
              id,
              trigger: propertyText(build, 'scheduler'),
              state: action === 'finished' ? ('finished' as const) : ('executing' as const),
              result,
              url: text(build, 'url'),
              parent: parent === undefined ? undefined : { id: parent },
            }),
      task: name === undefined ? undefined : known({ name, run: anyKnown({ id, result }) }),
    }),
    worker: anyKnown({ id: identifier(build, 'workerid'), name: propertyText(build, 'workername') }),
  });
}

/** What was built: where several repositories go into a build, the first. */
function vcsOf(build: JsonObject): Vcs | undefined {
  const stamp = list(build, 'buildset', 'sourcestamps')[0];
  const address = text(stamp, 'repository') ?? propertyText(build, 'repository');
  const name = repositoryName(address) ?? address;
  const head = anyKnown({
    name: text(stamp, 'branch') ?? propertyText(build, 'branch'),
    revision: propertyText(build, 'got_revision') ?? text(stamp, 'revision'),
  });
  return anyKnown({ repository: name === undefined ? undefined : { name }, ref: head && { head } });
}

/** A property is a value and who set it: `["main", "Scheduler"]`. Its value may be of any type. */
function property(build: JsonObject, name: string): Json | undefined {
  return isObject(at(build, 'properties')) ? list(build, 'properties', name)[0] : undefined;
}

function propertyText(build: JsonObject, name: string): string | undefined {
  const value = property(build, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Who forced it, else whose change it is: `Mara <mara@example.org>`. */
function actorOf(build: JsonObject): Actor | undefined {
  const owners = property(build, 'owners');
  const first = Array.isArray(owners) ? owners[0] : undefined;
  const owner = propertyText(build, 'owner') ?? (typeof first === 'string' ? first : undefined);
  if (owner === undefined) return undefined;
  const open = owner.lastIndexOf('<');
  const email = open !== -1 && owner.endsWith('>') ? owner.slice(open + 1, -1).toLowerCase() : undefined;
  const name = (email === undefined ? owner : owner.slice(0, open)).trim();
  return known({ name: name === '' ? undefined : name, email, type: 'unknown' });
}
