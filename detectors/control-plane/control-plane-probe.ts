// Somebody without an account talks to the controller (command line, script console, API, agent ports) and is answered,
// where nobody without an account ever was: how CVE-2024-23897 and open script consoles are used (I10, I11). Pages that
// anybody may ask for, and whatever is refused, are the noise of the internet.
//
// State of a system: 40 sorts of calls that nobody in particular makes, with the day they began; 40 calls of the last ten
// minutes. Under 6 KB.
import type { ActivityOf } from '../../services/core/activity.ts';
import { defineWatch } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { DAY, type Instant, MINUTE } from '../../services/core/time.ts';
import { withEntry } from '../credential/bounded.ts';

const RECENT = 10 * MINUTE;
const CALLS = 40;
const SORTS = 40;
/** A second call so soon is an exploit at work: one channel up, one down, or one argument after the other. */
const AT_ONCE = MINUTE;
/** Before that nobody can say what strangers are usually answered. */
const LEARNING = 3 * DAY;
/** What comes for so many days is how the system is used. */
const USUAL = DAY;

/** `[pattern, sort, it runs something]`; matched against the operation and the path without its query. */
const ENDPOINTS: readonly (readonly [RegExp, string, boolean])[] = [
  // https://www.jenkins.io/doc/book/managing/cli/, …/managing/script-console/
  [/^script console$|\/scriptText?$/, 'the script console', true],
  [/^cli$|^\/cli(?:\/ws)?$/, 'the command line', true],
  [/\/tcpSlaveAgentListener|\/jnlp|\/wsagents|slave-agent\.jnlp$|jenkins-agent\.jnlp$/, 'the agents’ port', false],
  [/\/descriptorByName\/|\/\$stapler\/|\/securityRealm\/user\/|\/createItem$/, 'internal handlers', true],
  [/\/(?:asynchPeople|whoAmI|people|credentials|systemInfo|manage|configure)(?:\/|$)/, 'administration pages', false],
  // https://docs.gitlab.com/api/runners/, https://docs.gitlab.com/api/graphql/
  [/\/api\/v4\/(?:runners|jobs\/request)$/, 'the runners’ API', true],
  [/\/(?:api\/)?graphql$/, 'the API', false],
  // https://argo-workflows.readthedocs.io/en/latest/rest-api/, https://docs.tekton.dev, https://kubernetes.io/docs/reference/using-api/
  [/\/api\/v1\/workflows(?:\/|$)|\/apis?\/|^(?:create|list|get) (?:pods|secrets|workflows)$/, 'the API', true],
  [/\/api\/(?:json|xml|python|v\d)(?:\/|$)|\/remoting(?:\/|$)|\/invoker\//, 'the API', false],
];

type State = {
  readonly since: Instant;
  /** By sort: first and last time. */
  readonly usual: Readonly<Record<string, readonly [first: Instant, last: Instant]>>;
  readonly recent: readonly (readonly [at: Instant, address: string, sort: string, runs: boolean])[];
};

export const controlPlaneProbe = defineWatch<'request', State>({
  id: 'control-plane-probe',
  title: 'Controller answers somebody unknown',
  summary:
    'Notices calls without an account to a controller’s command line, script console, API or agent ports that are answered, where none ever was; two within a minute are an attack at work.',
  catalogue: 'D112',
  severity: 'high',
  maturity: 'stable',
  owasp: ['CICD-SEC-7', 'CICD-SEC-5'],
  attack: [
    { tactic: 'TA0001', technique: 'T1190' },
    { tactic: 'TA0007', technique: 'T1083' },
  ],
  cases: () => import('./control-plane-probe.cases.ts'),
  watches: ['request'],
  by: 'system',
  falsePositives: ['A monitoring tool begins to ask the API without an account.'],
  next: [
    'Block the endpoint at the proxy, or the address, and look at what was answered.',
    'If it was the command line or the script console: treat every secret of the controller as read.',
  ],

  entity: (activity) => entityOf('system', activity),
  empty: () => ({ since: 0, usual: {}, recent: [] }),

  step(state, activity) {
    const { observed_at: at, actor, credential } = activity;
    if (state.since === 0) return { state: { ...state, since: at } };
    if (actor !== undefined || credential !== undefined) return { state };
    const address = entityOf('address', activity)?.id;
    const endpoint = endpointOf(activity);
    const { status } = activity.detail;
    if (address === undefined || !endpoint || status === undefined || status >= 400) return { state };
    const [, sort, strong] = endpoint;
    const runs = strong && activity.detail.method !== 'GET' && activity.detail.method !== 'HEAD';
    const [first, last] = state.usual[sort] ?? [at, at];
    const usual = withEntry(
      state.usual,
      sort,
      [Math.min(first, at), Math.max(last, at)] as const,
      SORTS,
      ([, seen]) => seen,
    );
    const recent = state.recent.filter(([when]) => Math.abs(at - when) <= RECENT);
    const next: State = { ...state, usual, recent: [...recent, [at, address, sort, runs] as const].slice(-CALLS) };
    if (at - first >= USUAL) return { state: next };
    const here = next.recent.filter(([, from]) => from === address);
    const burst = here.filter(([when, , , ran]) => ran && Math.abs(at - when) <= AT_ONCE).length >= 2;
    const sorts = new Set(here.map(([, , each]) => each)).size;
    const settled = at - state.since >= LEARNING;
    const severity = burst && settled ? 'high' : runs || (sorts >= 3 && settled) ? 'medium' : 'low';
    return {
      state: next,
      raise: {
        severity,
        observed: `${address} called ${sort} without an account${here.length > 1 ? `, ${here.length} times within ten minutes,` : ''} and was answered ${status}.`,
        expected: 'Nobody without an account was ever answered there.',
        history: `Watched for ${Math.floor((at - state.since) / DAY)} days.`,
        oddity: `probe:${sort}:${address}:${severity}`,
      },
    };
  },
});

function endpointOf({ detail }: ActivityOf<'request'>) {
  const path = detail.path?.replace(/[?#].*$/s, '').slice(0, 300) ?? '';
  const operation = detail.operation
    .replace(/^[A-Z]{3,7} /, '')
    .replace(/[?#].*$/s, '')
    .slice(0, 300);
  return ENDPOINTS.find(([pattern]) => pattern.test(operation) || (path !== '' && pattern.test(path)));
}
