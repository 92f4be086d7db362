// Cases of release-out-of-pattern: a package that a release workflow publishes for two maintainers.
import type { ActivityBase } from '../../services/core/activity.ts';
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY } from '../../services/core/time.ts';

const START = Date.UTC(2026, 0, 5, 9);
const LATER = START + 130 * DAY;
const REPOSITORY = { repository: { name: 'example/app' } };

interface Way {
  readonly by: string;
  readonly run?: string;
  readonly agent?: string;
}

function published(at: number, version: string, { by, run, agent = 'npm/10.9.0' }: Way) {
  const pipeline =
    run === undefined ? {} : { pipeline: { definition: '.github/workflows/release.yml', run: { id: run } } };
  const fields: Partial<ActivityBase> = {
    source: 'cdevents',
    actor: { name: by, type: 'person' },
    client: { user_agent: agent },
    vcs: REPOSITORY,
    cicd: pipeline,
  };
  return activityAt(at, 'artifact', { action: 'published', name: 'app', version }, fields);
}

const releases = Array.from({ length: 60 }, (_, index) =>
  published(START + 2 * index * DAY, `1.${index}.0`, { by: index % 3 === 0 ? 'ada' : 'grace', run: String(index) }),
);

export const cases: readonly DetectorCase[] = [
  {
    name: 'A version comes from nobody’s run, with another client',
    kind: 'hit',
    history: releases,
    activity: published(LATER, '1.60.0', { by: 'ada', agent: 'python-requests/2.31' }),
    expected: 'medium',
  },
  {
    name: 'After six versions that runs made, one that none made',
    kind: 'hit',
    history: releases.slice(0, 6),
    activity: published(START + 13 * DAY, '1.6.0', { by: 'ada' }),
    expected: 'medium',
  },
  {
    name: 'Somebody new publishes, in a run like all others',
    kind: 'hit',
    history: releases,
    activity: published(LATER, '1.60.0', { by: 'linus', run: '99' }),
    expected: 'low',
  },
  {
    name: 'The usual way',
    kind: 'near-miss',
    history: releases,
    activity: published(LATER, '1.60.0', { by: 'ada', run: '99' }),
    expected: null,
  },
  {
    name: 'A test report is published',
    kind: 'near-miss',
    history: releases,
    activity: activityAt(
      LATER,
      'artifact',
      { action: 'published', name: 'report' },
      { source: 'cdevents', native_type: 'testoutput.published', vcs: REPOSITORY },
    ),
    expected: null,
  },
  {
    name: 'The third version of a young repository, by hand',
    kind: 'cold-start',
    history: releases.slice(0, 2),
    activity: published(LATER, '1.2.0', { by: 'ada' }),
    expected: null,
  },
  {
    name: 'A publication of which nothing is told',
    kind: 'malformed',
    history: releases,
    activity: activityAt(LATER, 'release', { action: '' }, { vcs: REPOSITORY }),
    expected: null,
  },
];
