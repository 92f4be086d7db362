// What can be done something to: the entities of an activity, with what it knows of each. Pure, and united in any order to
// the same: an incident's targets do not show which finding came first.
import type { Target } from './action.ts';
import type { Activity } from './activity.ts';
import { entityOf } from './entities-of.ts';
import { type Entity, type EntityType, entityKey } from './entity.ts';
import { known } from './known.ts';
import type { RunReach } from './run-facts.ts';
import { systemOf } from './system-of.ts';
import { formatInstant } from './time.ts';

type Facts = Omit<Target, 'type' | 'id'>;

const FACTS: { readonly [Type in EntityType]?: (activity: Activity) => Facts } = {
  actor: (activity) =>
    known({
      ...accountOf(activity.actor),
      role: activity.kind === 'session' ? activity.detail.role : undefined,
    }),
  credential: (activity) =>
    known({
      credential_type: activity.credential?.type,
      credential_number: numberOf(activity.credential),
      role: roleOf(activity.credential),
      issued: activity.credential?.issued === undefined ? undefined : formatInstant(activity.credential.issued),
      runner_id: activity.credential?.type === 'runner registration' ? activity.cicd?.worker?.id : undefined,
      granted: activity.kind === 'grant' ? activity.detail.name : undefined,
      ...accountOf(activity.actor),
    }),
  repository: (activity) =>
    known({
      secret: secretOf(activity),
      webhook_host: activity.kind === 'integration' ? activity.detail.host : undefined,
    }),
  pipeline: ({ cicd }) => known({ definition: cicd?.pipeline?.definition }),
  run: ({ vcs, cicd }) => {
    const head = vcs?.ref?.head;
    return known({
      branch: head?.type === 'tag' ? undefined : head?.name,
      revision: head?.revision,
      definition: cicd?.pipeline?.definition,
    });
  },
  commit: ({ vcs }) => {
    const head = vcs?.ref?.head;
    const isTag = head?.type === 'tag';
    return known({
      branch: isTag ? undefined : head?.name,
      tag: isTag ? head.name : undefined,
      previous: vcs?.ref?.base?.revision,
    });
  },
  'job-run': ({ cicd }) => known({ job: cicd?.pipeline?.task?.run?.id, job_name: cicd?.pipeline?.task?.name }),
  runner: ({ cicd, host }) =>
    known({
      system: cicd?.worker?.system,
      runner_id: cicd?.worker?.id,
      runner_group: cicd?.worker?.group,
      runner_level: cicd?.worker?.owner_type,
      pod: host?.pod?.name,
      namespace: host?.pod?.namespace,
      node: host?.pod && host.name,
    }),
  environment: () => ({}),
  dependency: () => ({}),
  secret: ({ kind, detail, observed_at }) =>
    kind === 'secret' ? known({ secret: detail.name, store: detail.store, used_at: formatInstant(observed_at) }) : {},
  organization: (activity) => known({ secret: activity.vcs?.repository ? undefined : secretOf(activity) }),
};
const TYPES = Object.keys(FACTS).filter((type): type is EntityType => type in FACTS);

/** Feeds of what acts, or is acted on: a sensor, a clone or a scanner tells of it, and is none of these. */
const SYSTEMS: ReadonlySet<string> = new Set(
  'github gitlab jenkins circleci gitea buildbot buildkite bitbucket azure-devops aws vault kubernetes'.split(' '),
);

/** Where a pipeline is called by the path that it has in addresses. */
const BY_PATH: ReadonlySet<string> = new Set(['jenkins', 'buildbot']);

/**
 * At most one of each type. A pipeline elsewhere only by its definition, because no action could be aimed at a name; a commit
 * only where something was moved to it that could be moved back; a runner only where it is not the vendor's own.
 */
export function targetsOf(activity: Activity): readonly Target[] {
  const common = placeOf(activity);
  const { system } = common;
  return TYPES.flatMap((type) => {
    const entity = entityOf(type, activity);
    if (!entity || (type === 'pipeline' && !isAimable(activity, system))) return [];
    if (type === 'runner' && activity.cicd?.worker?.hosted) return [];
    if (type === 'commit' && !isRewritten(activity)) return [];
    return [{ ...common, ...FACTS[type]?.(activity), ...entity }];
  });
}

function placeOf({ source, organization, vcs, cicd }: Activity): Facts {
  const feed = systemOf(source);
  const system = SYSTEMS.has(feed) ? feed : cicd?.system;
  return known({
    system,
    organization,
    repository: vcs?.repository?.name,
    provider: system !== undefined && vcs?.provider?.name !== system ? vcs?.provider?.name : undefined,
  });
}

/** A branch was forced elsewhere, or a tag moved. */
function isRewritten({ kind, detail, vcs }: Activity): boolean {
  if (kind !== 'push' || detail.created || detail.deleted || vcs?.ref?.base?.revision === undefined) return false;
  return detail.forced === true || vcs.ref.head?.type === 'tag';
}

/** Runners that took a job of the activity's run, and CI secrets that it could read. */
export function reachedFrom(activity: Activity, { secrets = [], runners = [] }: RunReach): readonly Target[] {
  const place = placeOf(activity);
  const around = place.repository ?? place.organization;
  return [
    ...runners.map((id): Target => ({ ...place, type: 'runner', id })),
    ...(around === undefined
      ? []
      : secrets.map((secret): Target => ({ ...place, secret, type: 'secret', id: `${around}:${secret}` }))),
  ];
}

/**
 * One of each, in an order of their own; of two words for one fact the smaller stays, of two times the later. At most `most`, of
 * each type as many as of the others: who fills an incident with one type does not crowd another out.
 */
export function unitedTargets(targets: readonly Target[], most: number): readonly Target[] {
  const found = new Map<string, Target>();
  for (const target of targets) {
    const key = entityKey(target);
    const before = found.get(key);
    found.set(key, before ? united(before, target) : target);
  }
  const all = [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, target]) => target);
  if (all.length <= most) return all;
  const byType = Map.groupBy(all, ({ type }) => type);
  const taken = new Set(
    [...byType.values()]
      .flatMap((same) => [...same.entries()])
      .toSorted(([a], [b]) => a - b)
      .slice(0, most)
      .map(([, target]) => target),
  );
  return all.filter((target) => taken.has(target));
}

/** Facts of which the later one is wanted. */
const LATEST: ReadonlySet<string> = new Set(['used_at']);

function united(a: Target, b: Target): Target {
  const facts: Record<string, string> = { ...b };
  for (const [name, value] of Object.entries(a)) {
    const other = facts[name];
    const isKept = other !== undefined && (LATEST.has(name) ? other > value : other < value);
    facts[name] = isKept ? other : value;
  }
  return { ...facts, type: a.type, id: a.id };
}

/**
 * Of an entity that a finding names and its activity does not: the run of a pull request, which another feed told of. What is of the
 * activity's own repository is where that is.
 */
export function namedBeside({ type, id }: Entity, activity: Activity | undefined): Target {
  const place = activity && placeOf(activity);
  const isOfIt = place?.repository !== undefined && id.startsWith(`${place.repository}/`);
  return isOfIt ? { ...place, type, id } : { type, id };
}

function isAimable({ cicd }: Activity, system: string | undefined): boolean {
  return (system !== undefined && BY_PATH.has(system)) || cicd?.pipeline?.definition !== undefined;
}

function secretOf(activity: Activity): string | undefined {
  return activity.kind === 'secret' ? activity.detail.name : undefined;
}

/** Among its ids the one that its system counted: `github:token:42`. */
function numberOf(credential: Activity['credential']): string | undefined {
  const ids = credential ? [credential.id, ...(credential.also ?? [])] : [];
  return ids.map((id) => /^[a-z-]+:token:(\d{1,20})$/.exec(id)?.[1]).find((number) => number !== undefined);
}

/** A session's key is named by the ARN of who issued it. */
function roleOf(credential: Activity['credential']): string | undefined {
  return credential?.type === 'session key' && credential.name?.includes(':role/') ? credential.name : undefined;
}

function accountOf(actor: Activity['actor']): Facts {
  return known({ account: actor?.display ? undefined : actor?.name, account_id: actor?.id });
}
