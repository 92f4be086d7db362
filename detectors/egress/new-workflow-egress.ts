// A job reaches a destination that it never did: the most telling sign of all (22 of 42 incidents). Fed by sensors on the
// runner (connections, names looked up) and by build logs (hosts that a tool's own line says it contacted).
//
// New names alone are everyday: content networks shard, dependencies move. What makes one worth reading is how it was
// reached: by a program that never talked to the network in this job, without a name, on a port that the job never uses.
import { defineDetector, type Raise, type Reading } from '../../services/core/detector.ts';
import { describeOdds, jointOdds } from '../../services/core/odds.ts';
import { impactOf } from '../../services/core/run-facts.ts';
import { FIRM } from '../../services/core/severity-table.ts';
import {
  type FirstSeenDetail,
  type FirstSeenState,
  firstSeen,
  type Sighting,
  type Sightings,
} from '../baselines/first-seen.ts';
import { jobLevels, jobWords } from '../process/levels.ts';
import { isTransferTool } from '../process/program.ts';
import { type Contact, type Contacting, contactsOf } from './destinations.ts';

const UNUSUAL = 1 / 40;
/** Where a bare address may be one whose name came late; elsewhere none is expected. */
const NAMED_PORTS = new Set([443]);
const PLAIN_HTTP = 80;

export const newWorkflowEgress = defineDetector<Contacting['kind'], Sightings, FirstSeenState, FirstSeenDetail>({
  id: 'new-workflow-egress',
  title: 'Job contacts a destination it never did',
  summary:
    'Learns the destinations, ports and network programs of each job, from sensors and from its log, and notices a new destination; worse when a program reached it that never talks to the network there, when it has no name, or on a port that the job never uses.',
  catalogue: 'D133',
  severity: 'high',
  maturity: 'stable',
  owasp: ['CICD-SEC-3', 'CICD-SEC-6'],
  attack: [
    { tactic: 'TA0011', technique: 'T1071.001' },
    { tactic: 'TA0010', technique: 'T1567' },
  ],
  cases: () => import('./new-workflow-egress.cases.ts'),
  watches: ['connection', 'dns', 'step'],
  by: 'place',
  falsePositives: [
    'A dependency moved to another mirror, or a content network to another name.',
    'A reviewed change added a download.',
  ],
  next: [
    'Find the step that made the contact, and the action or script behind it.',
    'Compare the commit that each third-party action resolved to with the one of the run before.',
    'Treat every secret that the run could read as read.',
  ],
  baseline: firstSeen,
  levels: jobLevels,
  shared: ({ destination = [], address = [] }) => [
    ...destination.map((value) => `destination:${value}`),
    ...address.map((value) => `address:${value}`),
  ],

  observe(activity) {
    const contacts = contactsOf(activity);
    if (contacts.length === 0) return undefined;
    const all = (pick: (contact: Contact) => string | undefined) => [
      ...new Set(contacts.flatMap((contact) => pick(contact) ?? [])),
    ];
    const observation = {
      destination: all(({ destination }) => destination),
      address: all(({ address, bare }) => address ?? bare),
      port: all(({ port }) => (port === undefined ? undefined : String(port))),
      program: all(({ program }) => program),
      // What is reached without a name, by its port: a job that does so daily is no news.
      bare: all(({ bare, port }) => (bare === undefined ? undefined : `port ${port ?? 'unknown'}`)),
    };
    return Object.fromEntries(Object.entries(observation).filter(([, values]) => values.length > 0));
  },

  judge(activity, _observation, reading, { run }) {
    const contacts = contactsOf(activity);
    const fresh = freshIn(reading);
    const isNew = (dimension: string, value: string | undefined) =>
      value !== undefined && fresh.some((each) => each.dimension === dimension && each.value === value);
    const oddsOf = (dimension: string, value: string | undefined) =>
      fresh.find((each) => each.dimension === dimension && each.value === value)?.probability ?? 1;
    const bare = contacts.find((contact) => contact.bare !== undefined && isNew('address', contact.bare));
    const named = contacts.filter(({ destination }) => isNew('destination', destination));
    if (bare && named.length === 0) return bareRaise(activity, bare, isNew('port', portOf(bare)), reading);
    const [first] = named;
    if (!first) return undefined;
    const byNewProgram = isTransferTool(first.program) && isNew('program', first.program);
    const onNewPort = isNew('port', portOf(first));
    const odd = byNewProgram || onNewPort;
    return {
      ...told(named, reading),
      impact: first.isPrivate ? 'low' : odd ? 'high' : impactOf(run),
      probability: jointOdds([
        oddsOf('destination', first.destination),
        byNewProgram ? oddsOf('program', first.program) : 1,
        onNewPort ? oddsOf('port', portOf(first)) : 1,
      ]),
      // A strange way to a new place is worth reading whatever the job holds; a new place alone is not.
      atMost: odd && !first.isPrivate ? 'medium' : 'low',
      observed: `${jobWords(activity)} contacted ${named
        .map(({ host }) => host)
        .slice(0, 3)
        .join(
          ', ',
        )}${first.program === undefined ? '' : ` with ${first.program}`}${first.port === undefined ? '' : `, port ${first.port}`}${byNewProgram ? `; it never used ${first.program} on the network` : ''}${onNewPort ? '; it never used that port' : ''}.`,
      oddity: `destination:${first.destination}`,
      novel: named.map(({ destination }) => `destination:${destination}`),
      explainable: true,
    };
  },
});

/** By these the machine itself is kept in time and finds names. */
const UPKEEP = new Set([53, 123]);

function bareRaise(
  activity: Contacting,
  contact: Contact,
  onNewPort: boolean,
  reading: Reading<FirstSeenDetail>,
): Raise | undefined {
  const { bare = '', port, program, isPrivate } = contact;
  const isOdd = onNewPort && (port === undefined || !(NAMED_PORTS.has(port) || UPKEEP.has(port)));
  const isSpelled = activity.process?.command_line?.includes(bare) === true;
  // On the port of the web a name may come late, and only a tool that is used by hand says more.
  if (!isOdd && !isSpelled && !isTransferTool(program)) return undefined;
  const isStrong = isOdd && !isPrivate && reading.observations >= FIRM;
  return {
    ...told([contact], reading),
    ...(isStrong ? { severity: 'medium', certain: true } : { impact: isPrivate ? 'low' : 'high', atMost: 'low' }),
    observed: `${jobWords(activity)} contacted the bare address ${bare}${port === undefined ? '' : `, port ${port}`}${port === PLAIN_HTTP ? ' in plain HTTP' : ''}${program === undefined ? '' : `, with ${program}`}; no name was looked up for it${onNewPort ? ', and it never used that port' : ''}.`,
    oddity: `address:${bare}`,
    novel: [`address:${bare}`],
    explainable: true,
  };
}

function freshIn({ detail }: Reading<FirstSeenDetail>): readonly Sighting[] {
  return detail.sightings.filter(({ times, probability }) => times === 0 && probability <= UNUSUAL);
}

function portOf({ port }: Contact): string {
  return String(port ?? 'unknown');
}

/** What is usual, in words and as a picture. */
function told(contacts: readonly Contact[], reading: Reading<FirstSeenDetail>) {
  const known = reading.detail.known.destination ?? [];
  const listed = known.slice(0, 4).map(({ value }) => value);
  const more = known.length > listed.length ? ` and ${known.length - listed.length} more` : '';
  const usual = listed.length === 0 ? 'Nothing is known of where it goes' : `It goes to ${listed.join(', ')}${more}`;
  return {
    expected: `${usual}; something new like this comes ${describeOdds(reading.probability)} times.`,
    picture: {
      type: 'known-and-new' as const,
      what: 'destinations',
      known: known.slice(0, 12),
      fresh: contacts.map(({ host, bare }) => host ?? bare ?? ''),
    },
  };
}
