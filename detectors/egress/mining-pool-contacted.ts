// A job talks to a pool of miners: whatever the program is called, and however its arguments are hidden.
import { defineRule } from '../../services/core/detector.ts';
import { jobWords, onMachine, subjectOf } from '../process/levels.ts';
import { contactsOf } from './destinations.ts';

/** Pools by what they say that they are. */
const POOLS = new Set(
  'supportxmr.com moneroocean.stream nanopool.org minexmr.com hashvault.pro f2pool.com 2miners.com ethermine.org nicehash.com herominers.com c3pool.com c3pool.org xmrpool.eu xmrpool.net monerohash.com unmineable.com miningpoolhub.com antpool.com viabtc.com poolin.com zpool.ca prohashing.com kryptex.network woolypooly.com flexpool.io hiveon.net hashcity.org minergate.com monero.crypto-pool.fr dwarfpool.com sparkpool.com rplant.xyz zergpool.com mining-dutch.nl gntl.uk skypool.org xmrfast.com monerop.com p2pool.io'.split(
    ' ',
  ),
);

export const miningPoolContacted = defineRule<'connection' | 'dns' | 'step'>({
  id: 'mining-pool-contacted',
  title: 'A mining pool is contacted',
  summary: 'A job looks up or reaches a known pool of miners, which no build needs.',
  catalogue: 'D106',
  severity: 'high',
  maturity: 'stable',
  owasp: ['CICD-SEC-7'],
  attack: [{ tactic: 'TA0040', technique: 'T1496.001' }],
  cases: () => import('./mining-pool-contacted.cases.ts'),
  watches: ['connection', 'dns', 'step'],
  by: 'place',
  falsePositives: ['A project that develops or tests mining software.'],
  next: [
    'Cancel the run and all others of the same account.',
    'Find what added the program: a change by a stranger, a package, an image.',
  ],

  examine(activity) {
    const contact = contactsOf(activity).find(({ destination }) => destination !== undefined && POOLS.has(destination));
    if (!contact) return undefined;
    return {
      ...subjectOf(activity),
      ...onMachine(activity),
      severity: 'high',
      observed: `${jobWords(activity)} contacted ${contact.host}${contact.program === undefined ? '' : ` with ${contact.program}`}, a pool of miners.`,
      expected: 'Runners build; they do not mine.',
      history: 'A plain rule: it does not depend on history.',
      oddity: `pool:${contact.destination}`,
    };
  },
});
