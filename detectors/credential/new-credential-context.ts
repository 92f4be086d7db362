// A token used from where, and with what, it never was: the second most telling sign (20 of 42 incidents).
import { defineDetector, type Raise, type Reading } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { describeOdds } from '../../services/core/odds.ts';
import {
  type FirstSeenDetail,
  type FirstSeenState,
  firstSeen,
  type Sighting,
  type Sightings,
} from '../baselines/first-seen.ts';
import { networkOf, productOf } from './client-context.ts';

/** A profile younger than so many uses has seen too little to be surprised. */
const ENOUGH_USES = 20;
/** A dimension is surprising when new values are rarer in it than this. */
const UNUSUAL = 1 / 20;

const WORDS: Readonly<Record<string, string>> = { network: 'network', country: 'country', client: 'client program' };

export const newCredentialContext = defineDetector<
  'request' | 'push' | 'access' | 'protection' | 'secret' | 'grant' | 'setting' | 'repository' | 'run' | 'integration',
  Sightings,
  FirstSeenState,
  FirstSeenDetail
>({
  id: 'new-credential-context',
  title: 'Known credential in a new context',
  summary:
    'Learns the networks, countries and client programs that each token or key is used with, and notices a use that fits none of them.',
  catalogue: 'D024',
  severity: 'high',
  maturity: 'stable',
  owasp: ['CICD-SEC-6', 'CICD-SEC-2'],
  attack: [
    { tactic: 'TA0001', technique: 'T1078' },
    { tactic: 'TA0006', technique: 'T1528' },
  ],
  cases: () => import('./new-credential-context.cases.ts'),
  watches: [
    'request',
    'push',
    'access',
    'protection',
    'secret',
    'grant',
    'setting',
    'repository',
    'run',
    'integration',
  ],
  falsePositives: [
    'The owner moved a script to another machine.',
    'The owner travels and updated the client on the way.',
  ],
  next: [
    'Ask the owner, over another channel, whether the use is theirs.',
    'If not: revoke the credential, and list what it read since the first use from the new network.',
  ],
  entityType: 'credential',
  baseline: firstSeen,

  entity(activity) {
    return entityOf('credential', activity);
  },

  observe({ client }) {
    if (!client) return undefined;
    const sightings: Record<string, string[]> = {};
    const network = networkOf(client);
    const product = productOf(client.user_agent);
    if (network) sightings.network = [network];
    if (client.country_iso_code) sightings.country = [client.country_iso_code];
    if (product) sightings.client = [product];
    return Object.keys(sightings).length > 0 ? sightings : undefined;
  },

  judge(activity, _observation, reading) {
    if (reading.observations < ENOUGH_USES) return undefined;
    const fresh = reading.detail.sightings.filter(({ times, probability }) => times === 0 && probability <= UNUSUAL);
    const severity = severityOf(fresh);
    if (!severity) return undefined;
    const owner = activity.actor?.name ?? 'an unknown account';
    const listed = fresh.map(({ dimension, value }) => `${WORDS[dimension] ?? dimension} ${value}`).join(', ');
    return {
      severity,
      observed: `A ${activity.credential?.type ?? 'credential'} of ${owner} was used from ${activity.client?.address ?? 'an unknown address'}: new ${listed}.`,
      expected: usual(reading),
      picture: {
        type: 'known-and-new',
        what: 'networks and clients',
        known: Object.values(reading.detail.known)
          .flat()
          .sort((a, b) => b.times - a.times)
          .slice(0, 12),
        fresh: fresh.map(({ value }) => value),
      },
    };
  },
});

/** New program and new place together are how a stolen token looks; either alone is mostly a new machine or a journey. */
function severityOf(fresh: readonly Sighting[]): Raise['severity'] | undefined {
  const has = (dimension: string) => fresh.some((sighting) => sighting.dimension === dimension);
  if (has('client') && (has('network') || has('country'))) return 'high';
  if (has('country')) return 'low';
  return undefined;
}

function usual(reading: Reading<FirstSeenDetail>): string {
  const parts = Object.entries(reading.detail.known)
    .filter(([, values]) => values.length > 0)
    .map(([dimension, values]) => {
      const listed = values.slice(0, 3).map(({ value }) => value);
      const more = values.length > listed.length ? ` and ${values.length - listed.length} more` : '';
      return `${WORDS[dimension] ?? dimension} ${listed.join(', ')}${more}`;
    });
  return `It is used with ${parts.join('; ')}; something new comes ${describeOdds(reading.probability)} times.`;
}
