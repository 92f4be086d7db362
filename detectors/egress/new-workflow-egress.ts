// A job reaches a destination that it never did: the most telling sign of all (22 of 42 incidents). Fed by build logs:
// what a log only mentions is at most low; what a tool's own transfer line confirms counts.

import { defineDetector, type Raise, type Reading } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { describeOdds } from '../../services/core/odds.ts';
import { DAY } from '../../services/core/time.ts';
import {
  type FirstSeenDetail,
  type FirstSeenState,
  firstSeen,
  type Sighting,
  type Sightings,
} from '../baselines/first-seen.ts';
import { type HostInLog, hostsIn } from './hosts-in-log.ts';

/** A job is known when it has been watched for two weeks; before that a new destination is an everyday thing. */
const LEARNING = 14 * DAY;
const UNUSUAL = 1 / 60;

export const newWorkflowEgress = defineDetector<'log', Sightings, FirstSeenState, FirstSeenDetail>({
  id: 'new-workflow-egress',
  title: 'Job contacts a destination it never did',
  summary:
    'Learns the destinations that each job’s log shows, and notices a new one; certain when a tool’s own transfer line confirms the contact, and worse when secrets stand in the same stretch of the log.',
  catalogue: 'D048',
  severity: 'high',
  maturity: 'stable',
  owasp: ['CICD-SEC-3', 'CICD-SEC-6'],
  attack: [
    { tactic: 'TA0002', technique: 'T1195.001' },
    { tactic: 'TA0010', technique: 'T1567' },
  ],
  cases: () => import('./new-workflow-egress.cases.ts'),
  watches: ['log'],
  falsePositives: [
    'A dependency moved to another mirror.',
    'A reviewed change added a download.',
    'A test prints an address that nobody contacts.',
  ],
  next: [
    'Find the step that made the contact, and the action or script behind it.',
    'Compare the commit that each third-party action resolved to with the one of the run before.',
    'Treat every secret that the run could read as read.',
  ],
  entityType: 'job',
  baseline: firstSeen,

  entity(activity) {
    return entityOf('job', activity);
  },

  observe({ detail }) {
    const hosts = hostsIn(detail.lines);
    if (hosts.length === 0) return undefined;
    const contacted = hosts.filter((host) => host.contacted).map(({ group }) => group);
    // Whatever was contacted was mentioned too: a host known from a URL is no news when its transfer shows.
    return { mentioned: hosts.map(({ group }) => group), ...(contacted.length > 0 ? { contacted } : {}) };
  },

  judge(activity, _observation, reading) {
    if (reading.since === undefined || activity.observed_at - reading.since < LEARNING) return undefined;
    const fresh = freshIn(reading.detail.sightings);
    if (fresh.length === 0) return undefined;
    const hosts = hostsIn(activity.detail.lines).filter(({ group }) => fresh.some(({ value }) => value === group));
    const confirmed = hosts.filter(({ contacted }) => contacted);
    const secrets = Object.values(activity.redactions ?? {}).reduce((sum, count) => sum + count, 0);
    const repository = activity.vcs?.repository?.name ?? '';
    const pipeline = activity.cicd?.pipeline;
    return {
      severity: severityOf(confirmed.length > 0, secrets > 0),
      observed: sentence(
        `${repository} job ${pipeline?.task?.name ?? ''}`,
        confirmed,
        hosts,
        activity.detail.first_line,
        secrets,
      ),
      expected: usual(reading, fresh),
      picture: {
        type: 'known-and-new',
        what: 'destinations',
        known: (reading.detail.known.mentioned ?? []).slice(0, 12),
        fresh: fresh.map(({ value }) => value),
      },
    };
  },
});

/**
 * Values never met, and unusual as such: a contact by how often contacts are new, or by how often any host is; so a job
 * whose tests print new addresses all the time is still surprised when it contacts one.
 */
function freshIn(sightings: readonly Sighting[]): readonly Sighting[] {
  const unusual = new Set(sightings.filter((each) => each.probability <= UNUSUAL).map(({ value }) => value));
  return sightings.filter(
    ({ dimension, value, times }) => dimension === 'mentioned' && times === 0 && unusual.has(value),
  );
}

function severityOf(confirmed: boolean, secrets: boolean): Raise['severity'] {
  if (!confirmed) return 'low';
  return secrets ? 'high' : 'medium';
}

function sentence(
  job: string,
  confirmed: readonly HostInLog[],
  hosts: readonly HostInLog[],
  firstLine: number,
  secrets: number,
): string {
  const named = (confirmed.length > 0 ? confirmed : hosts).slice(0, 3);
  const list = named.map(({ host, line }) => `${host} (line ${firstLine + line})`).join(', ');
  const leak =
    secrets > 0 ? ` The same stretch of the log held ${secrets} secret${secrets > 1 ? 's' : ''}, now redacted.` : '';
  return `${job} ${confirmed.length > 0 ? 'contacted' : 'mentions'} ${list}.${leak}`;
}

function usual(reading: Reading<FirstSeenDetail>, fresh: readonly Sighting[]): string {
  const known = reading.detail.known.mentioned ?? [];
  const listed = known.slice(0, 4).map(({ value }) => value);
  const more = known.length > listed.length ? ` and ${known.length - listed.length} more` : '';
  const odds = describeOdds(
    reading.detail.sightings
      .filter(({ value }) => fresh.some((each) => each.value === value))
      .reduce((least, { probability }) => Math.min(least, probability), 1),
  );
  return `Its logs show ${listed.join(', ')}${more}; a new destination comes ${odds} times.`;
}
