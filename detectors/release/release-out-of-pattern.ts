// Something is published by somebody, from somewhere or in a way that this repository's publications never were. Early in 14 of 42
// incidents: a stolen registry token publishes without the pipeline, from another machine, with another client.
import type { ActivityOf } from '../../services/core/activity.ts';
import { type Context, defineDetector, type Raise, type Reading } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { KEYS } from '../../services/core/keyed-by.ts';
import { describeOdds, jointOdds } from '../../services/core/odds.ts';
import { type FirstSeenDetail, type FirstSeenState, firstSeen, type Sightings } from '../baselines/first-seen.ts';
import { productOf } from '../credential/client-context.ts';
import {
  PUBLICATIONS,
  type Publication,
  type PublicationKind,
  publicationIn,
  publicationWords,
} from './publication.ts';

/** With fewer publications behind it, a repository has no way of its own yet. */
const ENOUGH = 10;
/** All of so few from a run say that they come from runs. */
const ENOUGH_RUNS = 5;
const NO_RUN = 'no run';

export const releaseOutOfPattern = defineDetector<PublicationKind, Sightings, FirstSeenState, FirstSeenDetail>({
  id: 'release-out-of-pattern',
  title: 'Published out of pattern',
  summary:
    'Learns who publishes the releases, packages, artifacts and version tags of each repository, with what, and from which pipeline, and notices one that came another way.',
  catalogue: 'D122',
  severity: 'high',
  maturity: 'incubating',
  owasp: ['CICD-SEC-9', 'CICD-SEC-2'],
  attack: [
    { tactic: 'TA0042', technique: 'T1608.001' },
    { tactic: 'TA0001', technique: 'T1195.002' },
  ],
  cases: () => import('./release-out-of-pattern.cases.ts'),
  watches: PUBLICATIONS,
  by: 'place',
  falsePositives: [
    'The release duty moves to a colleague.',
    'A maintainer publishes by hand because the pipeline is broken.',
  ],
  next: [
    'Ask whoever published it, over another channel, whether they did.',
    'Compare what was published with what the tag builds; hold or deprecate the version until then.',
    'Revoke the registry tokens that can publish it.',
  ],
  baseline: firstSeen,

  levels(activity) {
    return [KEYS.place(activity) ?? []].flat();
  },

  observe(activity, context) {
    const publication = publicationIn(activity);
    return publication && waysOf(activity, publication, context);
  },

  judge(activity, _observation, reading, context) {
    const publication = publicationIn(activity);
    if (!publication || reading.observations < ENOUGH_RUNS) return undefined;
    const told = toldAs(activity, publication);
    const fresh = reading.detail.sightings.filter(({ times, dimension }) => {
      return times === 0 && isSettled(reading, told, dimension);
    });
    if (fresh.length === 0) return undefined;
    const outside = fresh.some(({ value }) => value === `${told}${NO_RUN}`);
    const probability = jointOdds(fresh.map((sighting) => sighting.probability));
    return {
      ...(outside
        ? { severity: 'medium', certain: true }
        : { probability, impact: publication.form === 'tag' ? 'medium' : 'high' }),
      // A new colleague, or a new machine, is no attack by itself.
      ...(fresh.length === 1 && !outside && { atMost: 'low' }),
      ...texts(publication, told, fresh, reading, probability, context),
      ...(!outside && { explainable: true }),
      oddity: `${publication.form}:${fresh.map(({ dimension, value }) => `${dimension} ${value}`).join()}`.slice(
        0,
        300,
      ),
    };
  },
});

/**
 * What stands before each value: who tags says nothing of who publishes, and one feed tells the run, another does not. Of a
 * registry that many repositories publish to, and that does not tell which, each name is its own.
 */
function toldAs(activity: ActivityOf<PublicationKind>, { form, name = '' }: Publication): string {
  return `${form} ${activity.source} ${entityOf('repository', activity) ? '' : name.slice(0, 60)}: `;
}

function waysOf(activity: ActivityOf<PublicationKind>, publication: Publication, { run }: Context): Sightings {
  const { form, by } = publication;
  const told = toldAs(activity, publication);
  const value = (text: string | undefined) => (text === undefined ? [] : [`${told}${text}`]);
  const pipeline = activity.cicd?.pipeline;
  const builds = form === 'package' || form === 'artifact';
  return {
    by: value(by),
    client: value(productOf(activity.client?.user_agent)),
    method: value(activity.credential?.type),
    from: builds ? value(pipeline?.run === undefined ? NO_RUN : 'a run') : [],
    pipeline: builds ? value(pipeline?.definition ?? run?.definition) : [],
    ref: builds ? value(run?.ref?.replace(/\d+/g, '#')) : [],
  };
}

/** What has been told so, with such a thing, often enough to have a way. */
function isSettled(reading: Reading<FirstSeenDetail>, told: string, dimension: string): boolean {
  return (
    knownAs(reading, told, dimension).reduce((sum, { times }) => sum + times, 0) >=
    (dimension === 'from' ? ENOUGH_RUNS : ENOUGH)
  );
}

function knownAs({ detail }: Reading<FirstSeenDetail>, told: string, dimension: string) {
  return (detail.known[dimension] ?? []).filter(({ value }) => value.startsWith(told));
}

const WORDS: Readonly<Record<string, (value: string) => string>> = {
  by: (value) => `by ${value}`,
  client: (value) => `with ${value}`,
  method: (value) => `with a ${value}`,
  from: (value) => (value.endsWith(NO_RUN) ? 'outside any pipeline run' : 'from a pipeline run'),
  pipeline: (value) => `from ${value}`,
  ref: (value) => `built from ${value}`,
};

function texts(
  publication: Publication,
  told: string,
  fresh: FirstSeenDetail['sightings'],
  reading: Reading<FirstSeenDetail>,
  probability: number,
  { run }: Context,
): Pick<Raise, 'observed' | 'expected' | 'picture'> {
  const words = (dimension: string, value: string) => {
    const bare = value.slice(told.length).slice(0, 60);
    return WORDS[dimension]?.(bare) ?? bare;
  };
  const ways = fresh.map(({ dimension, value }) => words(dimension, value));
  const known = fresh.flatMap(({ dimension }) => {
    return knownAs(reading, told, dimension).map(({ value, times }) => ({ value: words(dimension, value), times }));
  });
  const usual = known.slice(0, 4).map(({ value, times }) => `${value} (${times})`);
  return {
    observed: `${publication.who} published the ${publicationWords(publication)}${run ? ` in run ${run.id}` : ''}, for the first time ${ways.join(', ')}.`,
    expected: `So far it was published ${usual.join(', ')}; something so new comes ${describeOdds(probability)} times.`,
    picture: { type: 'known-and-new', what: 'ways in which it is published', known: known.slice(0, 12), fresh: ways },
  };
}
