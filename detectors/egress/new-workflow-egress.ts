// A job reaches a destination that it never did: the most telling sign of all (22 of 42 incidents). Fed by sensors on the
// runner (connections, names looked up) and by build logs (hosts that a tool's own line says it contacted).
//
// New names alone are everyday: content networks shard, dependencies move. What makes one worth reading is how it was
// reached: by a program that never talked to the network in this job, without a name, on a port that the job never uses,
// under a name made to be taken for another, against a guard's will.
import { type Context, defineDetector, type Raise } from '../../services/core/detector.ts';
import { jointOdds } from '../../services/core/odds.ts';
import { impactOf, isPrivileged } from '../../services/core/run-facts.ts';
import { type FirstSeenDetail, type FirstSeenState, firstSeen, type Sightings } from '../baselines/first-seen.ts';
import { runsInline, sendsSecret } from '../process/command-signs.ts';
import { jobLevels, jobWords, onMachine } from '../process/levels.ts';
import { isTransferTool } from '../process/program.ts';
import { bareRaise } from './bare-address.ts';
import { type Contact, type Contacting, contactsOf } from './destinations.ts';
import { exfiltrationService } from './exfiltration-services.ts';
import { lookalikeOf } from './lookalike.ts';
import { isOrdinaryPort } from './ports.ts';
import { known, novelties, portOf, sharing, told } from './what-is-new.ts';

export const newWorkflowEgress = defineDetector<Contacting['kind'], Sightings, FirstSeenState, FirstSeenDetail>({
  id: 'new-workflow-egress',
  title: 'Job contacts a destination it never did',
  summary:
    'Learns the destinations, ports and network programs of each job, from sensors and from its log, and notices a new destination; worse when a program reached it that never talks to the network there, when it has no name, on a port that the job never uses, or when its name is one letter away from a known one.',
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
      // What is reached without a name, by its port: a job that does so daily is no news, and one that never did is known for it.
      bare: all((contact) => (contact.bare === undefined ? 'named' : `port ${portOf(contact)}`)),
    };
    return Object.fromEntries(Object.entries(observation).filter(([, values]) => values.length > 0));
  },

  judge(activity, _observation, reading, context) {
    const contacts = contactsOf(activity);
    const fresh = novelties(reading);
    const named = contacts.filter(({ destination }) => fresh.has('destination', destination));
    const [first] = named;
    if (first) return namedRaise(activity, first, named, fresh, context);
    const bare = contacts.find(({ bare: address }) => address !== undefined);
    if (bare) return bareRaise(activity, bare, fresh);
    const [contact] = contacts;
    return contact && portRaise(activity, contact, fresh);
  },
});

function namedRaise(
  activity: Contacting,
  first: Contact,
  named: readonly Contact[],
  fresh: ReturnType<typeof novelties>,
  { run }: Context,
): Raise {
  const { destination = '', host = '', program, port, isPrivate } = first;
  const byHand = isTransferTool(program) || runsInline(activity.process?.command_line ?? '');
  const byNewProgram = byHand && fresh.has('program', program);
  const onNewPort = fresh.has('port', portOf(first));
  const imitated = isPrivate ? undefined : lookalikeOf(destination, known(fresh.reading));
  const odd = byNewProgram || onNewPort || imitated !== undefined || first.blocked === true;
  // Told for itself, and not twice.
  const isService = exfiltrationService(host) !== undefined;
  const sends = byNewProgram && sendsSecret(activity.process?.command_line ?? '') !== undefined;
  const isWorst = isPrivileged(run) && (sends || imitated !== undefined);
  const hosts = named.map((contact) => contact.host).slice(0, 3);
  return {
    ...told(named, fresh.reading),
    impact: isPrivate ? 'low' : odd ? 'high' : impactOf(run),
    probability: jointOdds([
      fresh.odds('destination', destination, named.length),
      byNewProgram ? fresh.odds('program', program) : 1,
      onNewPort ? fresh.odds('port', portOf(first)) : 1,
    ]),
    // A strange way to a new place is worth reading whatever the job holds; a new place alone is not.
    atMost: odd && !isPrivate && !isService ? (isWorst ? 'high' : 'medium') : 'low',
    ...(imitated !== undefined && !isService && { severity: isWorst ? 'high' : 'medium', certain: true }),
    observed: `${jobWords(activity)} ${first.blocked ? 'was kept from contacting' : 'contacted'} ${hosts.join(', ')}${program === undefined ? '' : ` with ${program}`}${port === undefined ? '' : `, port ${port}`}${imitated === undefined ? '' : `, a name that looks like ${imitated}`}${byNewProgram ? `; it never used ${program} on the network` : ''}${onNewPort ? '; it never used that port' : ''}.`,
    ...(isPrivate ? onMachine(activity) : sharing(activity, destination)),
    oddity: `destination:${destination}`,
    novel: named.map((contact) => `destination:${contact.destination}`),
    explainable: true,
  };
}

/** A known party on a port that the job never used and that is no service's. */
function portRaise(activity: Contacting, contact: Contact, fresh: ReturnType<typeof novelties>): Raise | undefined {
  const { host, port, isPrivate } = contact;
  if (port === undefined || isOrdinaryPort(port) || isPrivate || !fresh.has('port', portOf(contact))) return undefined;
  return {
    ...told([contact], fresh.reading),
    atMost: 'low',
    probability: fresh.odds('port', portOf(contact)),
    observed: `${jobWords(activity)} contacted ${host ?? 'a host'} on port ${port}, which it never used.`,
    ...onMachine(activity),
    oddity: `port:${port}`,
    explainable: true,
  };
}
