// A credential's context in plain words.
import type { Reading } from '../../services/core/detector.ts';
import type { Picture } from '../../services/core/finding.ts';
import { describeOdds } from '../../services/core/odds.ts';
import type { ContextDetail } from './context-baseline.ts';
import type { Novelty } from './novelty.ts';
import type { Use } from './use.ts';

const WORDS: Readonly<Record<string, string>> = {
  network: 'network',
  country: 'country',
  client: 'client program',
  version: 'version',
  family: 'purpose',
  method: 'method',
  user: 'user',
  repository: 'repository',
};

export function inWords({ values }: Use, { dimensions }: Novelty): string {
  return dimensions.map((dimension) => `${WORDS[dimension]} ${values[dimension]?.[0] ?? ''}`).join(', ');
}

export function knownInWords({ detail: { known }, probability }: Reading<ContextDetail>): string {
  const parts = ['network', 'country', 'client', 'family'].flatMap((dimension) => {
    const values = known[dimension] ?? [];
    const listed = values.slice(0, 3).map(({ value }) => value);
    const more = values.length > listed.length ? ` and ${values.length - listed.length} more` : '';
    return listed.length > 0 ? [`${WORDS[dimension]} ${listed.join(', ')}${more}`] : [];
  });
  return `It is used with ${parts.join('; ')}; ${describeOdds(probability)} uses would be so new.`;
}

export function contextPicture({ detail }: Reading<ContextDetail>, { dimensions }: Novelty): Picture {
  const values = detail.sightings.filter(({ dimension }) => dimensions.includes(dimension)).map(({ value }) => value);
  const known = ['network', 'country', 'client', 'family'].flatMap((dimension) => detail.known[dimension] ?? []);
  return {
    type: 'known-and-new',
    what: 'networks, clients and purposes',
    known: known.toSorted((a, b) => b.times - a.times).slice(0, 12),
    fresh: values,
  };
}
