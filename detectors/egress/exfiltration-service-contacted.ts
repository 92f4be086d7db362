// A job reaches a service that takes anybody's data: request catchers, file drops, pastes, tunnels. Some tests use one every
// day, so a job that does is known for it; for any other there is next to no other reason.
import { defineDetector } from '../../services/core/detector.ts';
import { impactOf } from '../../services/core/run-facts.ts';
import { shiftSeverity } from '../../services/core/severity.ts';
import {
  type FirstSeenDetail,
  type FirstSeenState,
  firstSeen,
  neverSeen,
  type Sightings,
} from '../baselines/first-seen.ts';
import { jobLevels, jobWords, onMachine } from '../process/levels.ts';
import { isTransferTool } from '../process/program.ts';
import { type Contact, type Contacting, contactsOf } from './destinations.ts';
import { exfiltrationService, type ServiceKind } from './exfiltration-services.ts';

const WORDS: Readonly<Record<ServiceKind, string>> = {
  catcher: 'shows whoever opened it all that comes in',
  drop: 'keeps files for whoever has their link',
  paste: 'keeps text for whoever has its link',
  tunnel: 'opens a way in from the internet',
};

export const exfiltrationServiceContacted = defineDetector<
  Contacting['kind'],
  Sightings,
  FirstSeenState,
  FirstSeenDetail
>({
  id: 'exfiltration-service-contacted',
  title: 'Job contacts a service that takes anybody’s data',
  summary:
    'Notices request catchers, anonymous file drops, paste sites and tunnels among the destinations of a job, unless this place is known to use them.',
  catalogue: 'D134',
  severity: 'high',
  maturity: 'stable',
  owasp: ['CICD-SEC-6', 'CICD-SEC-8'],
  attack: [
    { tactic: 'TA0010', technique: 'T1567' },
    { tactic: 'TA0011', technique: 'T1102' },
  ],
  cases: () => import('./exfiltration-service-contacted.cases.ts'),
  watches: ['connection', 'dns', 'step'],
  by: 'place',
  falsePositives: ['A test of webhooks or of a site from the outside that uses such a service.'],
  next: [
    'Cancel the run, and block the service for all runners if nobody needs it.',
    'Find the step or package that made the contact.',
    'Rotate every secret that the run could read.',
  ],
  baseline: firstSeen,
  levels: jobLevels,

  observe(activity) {
    const services = servicesIn(activity).map(({ service }) => service);
    return services.length > 0 ? { service: [...new Set(services)] } : undefined;
  },

  judge(activity, _observation, reading, { run }) {
    const fresh = neverSeen(reading.detail);
    const found = servicesIn(activity).find(({ service }) => fresh.some(({ value }) => value === service));
    if (!found) return undefined;
    const { contact, service, kind } = found;
    const worst = kind === 'catcher' && (impactOf(run) === 'high' || isTransferTool(contact.program));
    const severity = worst ? 'high' : 'medium';
    return {
      // A log shows what its own lines say.
      severity: activity.kind === 'step' && kind !== 'catcher' ? shiftSeverity(severity, -1) : severity,
      certain: true,
      observed: `${jobWords(activity)} contacted ${contact.host ?? service}${contact.program === undefined ? '' : ` with ${contact.program}`}: ${service} ${WORDS[kind]}.`,
      expected: 'Neither this job nor any other of its place ever used it.',
      ...onMachine(activity),
      oddity: `service:${service}`,
      explainable: true,
    };
  },
});

function servicesIn(activity: Contacting): readonly {
  readonly contact: Contact;
  readonly service: string;
  readonly kind: ServiceKind;
}[] {
  return contactsOf(activity).flatMap((contact) => {
    const found = contact.host === undefined ? undefined : exfiltrationService(contact.host);
    return found ? [{ contact, ...found }] : [];
  });
}
