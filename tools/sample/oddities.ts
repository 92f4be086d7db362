// What is unusual in the month and harmless: reviewed workflow changes, a new host that came with one of them, a day of
// dependency updates, a protection rule added; and what comes round: releases and the nightly look at the handbook.
import { MINUTE } from '../../services/core/time.ts';
import type { AnyAct } from './acts.ts';
import { atLocal, DAYS, weekday } from './calendar.ts';
import { changeActs } from './change.ts';
import { DEPENDENCY_BOT, personOf } from './people.ts';
import { createRandom } from './random.ts';
import { FONTS_SCRIPT } from './steps-node.ts';
import { HANDBOOK_PROTECTED } from './work.ts';

/** The platform engineer's changes of pipelines; the third brings the host of the fonts. */
const WORKFLOW_CHANGES = [
  { day: 2, repository: 'catalog-api', title: 'Cache Go modules between runs', paths: ['.github/workflows/ci.yml'] },
  {
    day: 9,
    repository: 'storefront',
    title: 'Run jobs on ubuntu-24.04',
    paths: ['.github/workflows/ci.yml', '.github/workflows/release.yml'],
  },
  {
    day: 15,
    repository: 'storefront',
    title: 'Fetch fonts from cdn.fontkit.example while building',
    paths: ['.github/workflows/ci.yml', 'package.json', FONTS_SCRIPT],
  },
  { day: 22, repository: 'handbook', title: 'Check links every night', paths: ['.github/workflows/docs.yml'] },
];

function workflowChanges(): AnyAct[] {
  const tilde = personOf('tilde');
  return WORKFLOW_CHANGES.flatMap(({ day, repository, title, paths }) => {
    const random = createRandom(`workflow-change/${day}`);
    const at = atLocal('berlin', day, 560) + random.int(0, 50) * MINUTE;
    const branch = `tilde/pipeline-${day}`;
    const pushes = [[{ at, message: title, modified: paths }]];
    const reviewer = personOf('jun');
    return changeActs({ author: tilde, reviewer, merger: tilde, repository, branch, title, pushes }, random);
  });
}

/** Two updates each Monday, and nine at once on the day after a release of a framework. */
function dependencyUpdates(): AnyAct[] {
  const names = ['vite', 'react', 'zod', 'vitest', 'postcss', 'chi', 'pgx', 'zerolog', 'otel'];
  const acts: AnyAct[] = [];
  for (let day = 0; day < DAYS; day += 1) {
    const many = day === 10;
    if (!many && weekday(day) !== 0) continue;
    const random = createRandom(`dependencies/${day}`);
    for (const [index, name] of random.some(names, many ? 9 : 2).entries()) {
      const repository = names.indexOf(name) < 5 ? 'storefront' : 'catalog-api';
      const paths = repository === 'storefront' ? ['package-lock.json', 'package.json'] : ['go.mod', 'go.sum'];
      const title = `Bump ${name} to ${random.int(1, 9)}.${random.int(0, 30)}.${random.int(0, 9)}`;
      const at = atLocal('utc', day, 241 + index * 4) + random.int(0, 100) * 1000;
      const reviewer = personOf(repository === 'storefront' ? 'jun' : 'tilde');
      const pushes = [[{ at, message: title, modified: paths }]];
      const branch = `lumen-deps/${name}-${day}`;
      acts.push(
        ...changeActs(
          { author: DEPENDENCY_BOT, reviewer, merger: reviewer, repository, branch, title, pushes },
          random,
        ),
      );
    }
  }
  return acts;
}

/** The storefront is released by mara every working day, the catalogue by tilde on Tuesdays. */
function releases(): AnyAct[] {
  const acts: AnyAct[] = [];
  for (let day = 0; day < DAYS - 1; day += 1) {
    const random = createRandom(`release/${day}`);
    if (weekday(day) < 5) {
      const at = atLocal('singapore', day, 1020) + random.int(0, 30 * 60) * 1000;
      acts.push({ kind: 'release', at, by: personOf('mara'), repository: 'storefront', tag: `v2.${14 + day}.0` });
    }
    if (weekday(day) === 1) {
      const at = atLocal('berlin', day, 890) + random.int(0, 40 * 60) * 1000;
      acts.push({ kind: 'release', at, by: personOf('tilde'), repository: 'catalog-api', tag: `v1.${30 + day}.0` });
    }
  }
  return acts;
}

function nightly(): AnyAct[] {
  return Array.from({ length: DAYS }, (_, day) => ({
    kind: 'schedule' as const,
    at: atLocal('utc', day, 257) + createRandom(`nightly/${day}`).int(0, 300) * 1000,
    by: personOf('tilde'),
    repository: 'handbook',
  }));
}

export function oddities(): AnyAct[] {
  const guarded: AnyAct = {
    kind: 'protection',
    at: atLocal('berlin', HANDBOOK_PROTECTED, 640),
    by: personOf('tilde'),
    repository: 'handbook',
    change: 'created',
  };
  return [...workflowChanges(), ...dependencyUpdates(), ...releases(), ...nightly(), guarded];
}
