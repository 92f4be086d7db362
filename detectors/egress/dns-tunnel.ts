// Data leaves in the names that are looked up: every label of them is a piece, and the name's owner reads them on its server
// (I33, D136). No guard on connections sees it.
//
// State of a job: 40 long names of the last ten minutes, hashed. Under 2 KB.
import { defineWatch } from '../../services/core/detector.ts';
import { hostName } from '../../services/core/host-name.ts';
import { type Instant, MINUTE } from '../../services/core/time.ts';
import { short } from '../credential/bounded.ts';
import { jobLevels, jobWords, onMachine } from '../process/levels.ts';

const WITHIN = 10 * MINUTE;
const NAMES = 40;
/** So many different ones under one domain are a message. */
const MANY = 5;
/** Of what stands before the domain, and of the label that carries; https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4 allows 63. */
const LONG = 40;
const CARRIER = 24;

type State = { readonly names: readonly (readonly [at: Instant, domain: string, name: string])[] };

export const dnsTunnel = defineWatch<'dns', State>({
  id: 'dns-tunnel',
  title: 'Data leaves in names that are looked up',
  summary: 'Notices several long, random names under one domain that a job looks up within minutes.',
  catalogue: 'D136',
  severity: 'medium',
  maturity: 'incubating',
  owasp: ['CICD-SEC-6'],
  attack: [
    { tactic: 'TA0010', technique: 'T1048.003' },
    { tactic: 'TA0011', technique: 'T1071.004' },
  ],
  cases: () => import('./dns-tunnel.cases.ts'),
  watches: ['dns'],
  by: 'place',
  falsePositives: ['A content network or a mail test that asks for many generated names.'],
  next: ['Block the domain for all runners.', 'Find the program that asks, and rotate the secrets that it could read.'],

  entity: (activity) => jobLevels(activity)[0],
  empty: () => ({ names: [] }),

  step(state, activity) {
    const { observed_at: at, detail } = activity;
    const found = hostName(detail.name);
    const domain = found?.registrable;
    // Names that a cloud generates are long too; they belong to it and not to who asks.
    if (!found || domain === undefined || found.isHosted || found.isAddress || found.isPrivate) return { state };
    const before = found.name.slice(0, -domain.length - 1);
    if (before.length < LONG || !before.split('.').some(carries)) return { state };
    const entry = [at, short(domain), short(before)] as const;
    const recent = state.names.filter(([when, , name]) => Math.abs(at - when) <= WITHIN && name !== entry[2]);
    const names = [...recent, entry].slice(-NAMES);
    const count = names.filter(([, of]) => of === entry[1]).length;
    if (count < MANY) return { state: { names } };
    return {
      state: { names },
      raise: {
        severity: 'medium',
        observed: `${jobWords(activity)} looked up ${count} long, random names under ${domain} within minutes.`,
        expected: 'Names are short and the same from run to run.',
        history: 'It does not depend on history.',
        ...onMachine(activity),
        oddity: `tunnel:${domain}`,
      },
    };
  },
});

/** Long, of letters and digits mixed, hardly ever a hyphen: no words. */
function carries(label: string): boolean {
  if (label.length < CARRIER) return false;
  const hyphens = label.split('-').length - 1;
  return hyphens <= 2 && /\d/.test(label) && /[a-z]/.test(label);
}
