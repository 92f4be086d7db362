// What can be done something to: the entities of an activity, with what it knows of each. Pure, and united in any order to
// the same: an incident's targets do not show which finding came first.
import type { Target } from './action.ts';
import type { Activity } from './activity.ts';
import { entityOf } from './entities-of.ts';
import { type Entity, type EntityType, entityKey } from './entity.ts';
import { known } from './known.ts';

type Facts = Omit<Target, 'type' | 'id'>;

const FACTS: { readonly [Type in EntityType]?: (activity: Activity) => Facts } = {
  actor: ({ actor }) => accountOf(actor),
  credential: ({ credential, actor, cicd }) =>
    known({
      credential_type: credential?.type,
      credential_number: numberOf(credential),
      runner_id: credential?.type === 'runner registration' ? cicd?.worker?.id : undefined,
      ...accountOf(actor),
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
  runner: ({ cicd }) =>
    known({
      runner_id: cicd?.worker?.id,
      runner_group: cicd?.worker?.group,
      runner_level: cicd?.worker?.owner_type,
    }),
  environment: () => ({}),
  dependency: () => ({}),
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
 * only where something was moved to it that could be moved back.
 */
export function targetsOf(activity: Activity): readonly Target[] {
  const { organization, vcs, source } = activity;
  const system = source.split('.', 1)[0] ?? '';
  const common = known({
    system: SYSTEMS.has(system) ? system : undefined,
    organization,
    repository: vcs?.repository?.name,
    provider: SYSTEMS.has(system) && vcs?.provider?.name !== system ? vcs?.provider?.name : undefined,
  });
  return TYPES.flatMap((type) => {
    const entity = entityOf(type, activity);
    if (!entity || (type === 'pipeline' && !isAimable(activity, system))) return [];
    if (type === 'commit' && !isRewritten(activity)) return [];
    return [{ ...common, ...FACTS[type]?.(activity), ...entity }];
  });
}

/** A branch was forced elsewhere, or a tag moved. */
function isRewritten({ kind, detail, vcs }: Activity): boolean {
  if (kind !== 'push' || detail.created || detail.deleted || vcs?.ref?.base?.revision === undefined) return false;
  return detail.forced === true || vcs.ref.head?.type === 'tag';
}

/** One of each, in an order of their own; of two words for one fact the smaller stays. At most `most`. */
export function unitedTargets(targets: readonly Target[], most: number): readonly Target[] {
  const found = new Map<string, Target>();
  for (const target of targets) {
    const key = entityKey(target);
    const before = found.get(key);
    found.set(key, before ? united(before, target) : target);
  }
  return [...found]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, most)
    .map(([, target]) => target);
}

function united(a: Target, b: Target): Target {
  const facts: Record<string, string> = { ...b };
  for (const [name, value] of Object.entries(a)) {
    const other = facts[name];
    facts[name] = other !== undefined && other < value ? other : value;
  }
  return { ...facts, type: a.type, id: a.id };
}

/** Of an entity that no activity told of itself. */
export function bareTarget({ type, id }: Entity): Target {
  return { type, id };
}

function isAimable({ cicd }: Activity, system: string): boolean {
  return BY_PATH.has(system) || cicd?.pipeline?.definition !== undefined;
}

function secretOf(activity: Activity): string | undefined {
  return activity.kind === 'secret' ? activity.detail.name : undefined;
}

/** Among its ids the one that its system counted: `github:token:42`. */
function numberOf(credential: Activity['credential']): string | undefined {
  const ids = credential ? [credential.id, ...(credential.also ?? [])] : [];
  return ids.map((id) => /^[a-z-]+:token:(\d{1,20})$/.exec(id)?.[1]).find((number) => number !== undefined);
}

function accountOf(actor: Activity['actor']): Facts {
  return known({ account: actor?.display ? undefined : actor?.name, account_id: actor?.id });
}
