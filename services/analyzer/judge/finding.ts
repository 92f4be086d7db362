// From what a detector raised to the finding that leaves: ids, entity, links, evidence in full.
import type { Activity } from '../../core/activity.ts';
import type { Detector } from '../../core/detector.ts';
import { entityOf } from '../../core/entities-of.ts';
import { type EntityType, entityKey } from '../../core/entity.ts';
import type { Explanation } from '../../core/explanation.ts';
import type { FindingRecord, Link } from '../../core/finding.ts';
import { actorId, actorKeys } from '../../core/identity/actor.ts';
import { contentId } from '../../core/json.ts';
import { jobRunIds } from '../../core/run-ids.ts';
import { compareSeverity, type Severity } from '../../core/severity.ts';
import type { Signal } from '../../core/signal.ts';
import { formatInstant, HOUR, type Instant } from '../../core/time.ts';

/**
 * The finding of a signal. Its id depends on activity, detector and entity alone: a repeat has the same. `surprise`: in
 * bits, as judged; absent for what has none.
 */
export function makeFinding(
  detector: Detector,
  { activity, entity, raise, reading, key, profiles, explanation, outside, reach }: Signal,
  severity: Severity,
  surprise: number | undefined,
): FindingRecord {
  const run = activity.cicd?.pipeline?.run?.id;
  return {
    finding: {
      id: contentId('finding', activity.id, detector.id, entityKey(entity)),
      detector: detector.id,
      catalogue: detector.catalogue,
      title: detector.title,
      severity,
      time: formatInstant(activity.observed_at),
      surprise: surprise ?? null,
      entity,
      actor: activity.actor?.name ?? activity.actor?.email ?? null,
      repository: activity.vcs?.repository?.name ?? null,
      run: run ?? null,
      evidence: {
        observed: raise.observed,
        expected: explanation ? `${raise.expected} ${describe(explanation, activity.observed_at)}` : raise.expected,
        history: raise.history ?? historyOf(reading),
      },
      activities: [activity.id],
      incident: null,
      owasp: detector.owasp,
      attack: detector.attack.map(({ technique }) => technique),
      ...(activity.input === undefined ? {} : { inputs: [activity.input] }),
      ...(activity.sample ? { sample: true as const } : {}),
    },
    ...(raise.picture ? { picture: raise.picture } : {}),
    // A sensor's event may be judged as its runner's, and again as its job's, when that is known: it stays one deed.
    links: [...linksOf(activity, severity), ...(raise.links ?? []), { key: `activity:${activity.id}` }],
    tactics: [...new Set(detector.attack.map(({ tactic }) => tactic))],
    ...(detector.multiplier ? { multiplier: true as const } : {}),
    ...(raise.facets ? { facets: raise.facets } : {}),
    observed_at: activity.observed_at,
    activities: [activity],
    ...(outside ? { outside } : {}),
    ...(reach ? { reach } : {}),
    ...(profiles.length > 0 ? { profiled: { detector: detector.id, key, profiles } } : {}),
  };
}

function describe({ change, reviewer, merged_at, paths }: Explanation, at: Instant): string {
  const hours = Math.max(0, Math.round((at - merged_at) / HOUR));
  const when = hours === 0 ? 'within the hour' : `${hours} hour${hours === 1 ? '' : 's'} before`;
  return `Change #${change} may explain it: agreed to by ${reviewer}, merged ${when}, it touches ${paths.join(', ')}.`;
}

function historyOf(reading: Signal['reading']): string {
  if (!reading) return 'A plain rule: it does not depend on history.';
  const count = Math.round(reading.observations);
  const seen = `${count.toLocaleString('en-US')} observation${count === 1 ? '' : 's'}`;
  return `${seen}${reading.since === undefined ? '' : ` since ${formatInstant(reading.since).slice(0, 10)}`}.`;
}

/**
 * What a finding may be joined to others by. People are strong links by every name that the record states; what many
 * share (a bot, an address, a runner) is weak. So is the repository of a low finding: where much happens some are odd every
 * day, and one would join the next for ever.
 */
export function linksOf(activity: Activity, severity: Severity = 'medium'): readonly Link[] {
  const people = new Set([actorId(activity) ?? [], actorKeys(activity)].flat());
  const bot = activity.actor?.type === 'bot';
  const credential = activity.credential;
  const entity = (type: EntityType) => entityOf(type, activity)?.id ?? [];
  return [
    ...links('run', entity('run')),
    ...links('job-run', jobRunIds(activity)),
    ...links('credential', credential ? [credential.id, ...(credential.also ?? [])] : []),
    ...links('actor', [...people], bot),
    ...links('repository', entity('repository'), compareSeverity(severity, 'medium') < 0),
    ...links('commit', entity('commit')),
    ...links('address', entity('address'), true),
    ...links('runner', entity('runner'), true),
  ];
}

/** Link of what tells the same oddity. `name`: of the oddity. */
export function oddityKey(name: string): string {
  return `oddity:${name}`;
}

/** The oddity that a finding tells, by its link. */
export function oddityIn(links: readonly Link[]): string | undefined {
  return links.find(({ key }) => key.startsWith('oddity:'))?.key;
}

function links(type: EntityType, ids: string | readonly string[], weak = false): readonly Link[] {
  return [ids].flat().map((id) => ({ key: entityKey({ type, id }), ...(weak ? { weak: true as const } : {}) }));
}
