// A person's ordinary day: a change or two, a look at the pull requests, a fetch.
import { type Instant, MINUTE, SECOND } from '../../services/core/time.ts';
import type { AnyAct, CommitPlan } from './acts.ts';
import { ownChange } from './change.ts';
import type { Person } from './people.ts';
import { createRandom, type Random } from './random.ts';
import { windowOn } from './whereabouts.ts';

const PATHS: Readonly<Record<string, readonly string[]>> = {
  storefront: [
    'src/cart/total.ts',
    'src/cart/view.tsx',
    'src/checkout/address.tsx',
    'src/checkout/payment.ts',
    'src/search/query.ts',
    'src/search/results.tsx',
    'src/session/cookie.ts',
    'src/theme/colors.css',
    'src/api/client.ts',
    'test/cart.test.ts',
    'test/checkout.test.ts',
    'test/search.test.ts',
  ],
  'catalog-api': [
    'internal/price/price.go',
    'internal/price/price_test.go',
    'internal/stock/level.go',
    'internal/stock/level_test.go',
    'internal/http/routes.go',
    'internal/http/cache.go',
    'internal/store/query.go',
    'cmd/catalog/main.go',
  ],
  handbook: ['guides/on-call.md', 'guides/review.md', 'guides/release.md', 'guides/style.md', 'people/travel.md'],
};
const VERBS = ['Tidy', 'Extend', 'Correct', 'Simplify', 'Speed up', 'Cover', 'Rework', 'Document'];
const THINGS: Readonly<Record<string, readonly string[]>> = {
  storefront: [
    'cart totals',
    'the address form',
    'search ranking',
    'the session cookie',
    'empty results',
    'the colour theme',
    'retry on timeouts',
  ],
  'catalog-api': ['price rounding', 'stock levels', 'cache headers', 'the stock query', 'log fields', 'route names'],
  handbook: ['on-call notes', 'the review guide', 'the style guide', 'travel advice'],
};
const READS = [
  'pulls?state=open',
  'actions/runs?per_page=20',
  'issues?assignee=@me',
  'commits?per_page=10',
  'releases',
];

/** Until this day the handbook takes pushes to its main branch; then the platform engineer protects it. */
export const HANDBOOK_PROTECTED = 17;

function subject(random: Random, repository: string): string {
  return `${random.pick(VERBS)} ${random.pick(THINGS[repository] ?? [])}`;
}

function commits(random: Random, repository: string, from: Instant, to: Instant, count: number): CommitPlan[] {
  const span = (to - from) / count;
  return Array.from({ length: count }, (_, index) => ({
    at: Math.floor((from + span * index + random.int(0, Math.floor(span * 0.8))) / SECOND) * SECOND,
    message: subject(random, repository),
    modified: random.some(PATHS[repository] ?? [], random.int(1, 3)).sort(),
  }));
}

function change(one: Person, random: Random, key: string, from: Instant, to: Instant): AnyAct[] {
  const repository = random.pick(one.repositories);
  const title = subject(random, repository);
  const middle = from + (to - from) * (random.int(45, 60) / 100);
  const pushes = [commits(random, repository, from, middle, random.int(1, 2))];
  if (random.chance(0.45)) pushes.push(commits(random, repository, middle, to, random.int(1, 2)));
  const branch = `${one.login}/${title.toLowerCase().replaceAll(' ', '-')}-${key}`;
  return ownChange(one, { repository, branch, title, pushes }, random);
}

/** Empty on a day off. */
export function dayOfWork(one: Person, day: number): AnyAct[] {
  const window = windowOn(one, day);
  if (!window) return [];
  const random = createRandom(`work/${one.login}/${day}`);
  const { from, to } = window;
  const sometime = (): Instant =>
    from + random.int(2, Math.floor((to - from) / MINUTE) - 2) * MINUTE + random.int(0, 59_999);
  const acts: AnyAct[] = [];

  const begun = Math.floor(one.pace) + (random.chance(one.pace % 1) ? 1 : 0);
  const share = (to - from - 20 * MINUTE) / Math.max(begun, 1);
  for (let index = 0; index < begun; index += 1) {
    const start = from + share * (index + random.int(2, 35) / 100);
    const end = start + Math.min(share - 25 * MINUTE, 210 * MINUTE);
    acts.push(...change(one, random, `${day}-${index + 1}`, start, end));
  }
  if (day < HANDBOOK_PROTECTED && one.repositories.includes('handbook') && random.chance(0.25)) {
    const at = sometime();
    const plans = commits(random, 'handbook', at - 20 * MINUTE, at - MINUTE, 1);
    acts.push({ kind: 'push', at, by: one, repository: 'handbook', branch: 'main', commits: plans });
  }
  for (let index = random.int(3, 6); index > 0; index -= 1) {
    const repository = random.pick(one.repositories);
    const path = `/repos/lumen-works/${repository}/${random.pick(READS)}`;
    acts.push({ kind: 'request', at: sometime(), by: one, repository, path });
  }
  for (let index = random.int(1, 3); index > 0; index -= 1) {
    const kind = random.chance(0.06) ? 'git.clone' : 'git.fetch';
    acts.push({ kind, at: sometime(), by: one, repository: random.pick(one.repositories) });
  }
  return acts;
}
