// A job asks the cloud's metadata service, which hands the machine's own credentials to whoever asks (I21, I32, D085). Agents
// of the cloud and tools that work in it do so all day; a job that never did has no reason to begin.
import type { ActivityOf } from '../../services/core/activity.ts';
import { defineDetector } from '../../services/core/detector.ts';
import { describeOdds } from '../../services/core/odds.ts';
import { FIRM } from '../../services/core/severity-table.ts';
import { type FirstSeenDetail, type FirstSeenState, firstSeen, type Sightings } from '../baselines/first-seen.ts';
import { isMetadataService } from '../egress/destinations.ts';
import { runsInline } from './command-signs.ts';
import { jobLevels, jobWords, onMachine } from './levels.ts';
import { isTransferTool, programName, shown } from './program.ts';

/** The clouds' own agents on their machines. */
const AGENTS =
  /^(?:waagent|walinuxagent|windowsazureguestagent|cloud-init|google_(?:guest_agent|metadata_script_runner|osconfig_agent)|amazon-(?:ssm-agent|cloudwatch-agent|ecs-agent)|ssm-agent-worker|ssm-document-worker|ec2-instance-connect|snapd|chronyd|provjobd|kubelet|kube-proxy|node-problem-detector|dhclient|networkd-dispatcher|hosted-compute-agent)/;

type Watched = 'connection' | 'dns' | 'process';

export const metadataServiceContacted = defineDetector<Watched, Sightings, FirstSeenState, FirstSeenDetail>({
  id: 'metadata-service-contacted',
  title: 'Job asks for the machine’s own credentials',
  summary:
    'Learns which programs of each job ask the cloud’s metadata service, which gives out the credentials of the machine, and notices one that never did; worse where it is a script or a tool that is used by hand.',
  catalogue: 'D085',
  severity: 'medium',
  maturity: 'stable',
  owasp: ['CICD-SEC-6', 'CICD-SEC-7'],
  attack: [{ tactic: 'TA0006', technique: 'T1552.005' }],
  cases: () => import('./metadata-service-contacted.cases.ts'),
  watches: ['connection', 'dns', 'process'],
  by: 'place',
  falsePositives: ['A cloud’s tool that is new in the build, and looks for credentials in every place it knows.'],
  next: [
    'Find what asked; a package’s install script has no reason to.',
    'Look in the cloud’s audit log for uses of the machine’s role from elsewhere, and end its sessions.',
  ],
  baseline: firstSeen,
  levels: jobLevels,

  observe(activity) {
    const asked = isAsked(activity);
    if (activity.kind === 'process' && !asked) return undefined;
    const program = programName(activity.process?.executable) ?? 'unknown';
    return { asker: [asked && !AGENTS.test(program) ? program : 'none'] };
  },

  judge(activity, { asker = [] }, reading) {
    const [program = 'none'] = asker;
    const [sighting] = reading.detail.sightings;
    if (program === 'none' || !sighting || sighting.times > 0 || sighting.knownTo !== null) return undefined;
    const line = activity.process?.command_line;
    // A cloud's library looks for credentials in every place it knows, so a script alone says little.
    const byHand = isTransferTool(program) || runsInline(line ?? '');
    return {
      severity: byHand && (reading.observations >= FIRM || activity.kind === 'process') ? 'medium' : 'low',
      observed: `${jobWords(activity)}: ${program} asked the cloud’s metadata service${line === undefined ? '' : `: ${shown(line, 120)}`}.`,
      expected:
        reading.observations < FIRM
          ? 'Little is known of what this job asks for.'
          : `It never did; a program that does is new ${describeOdds(sighting.probability)} times.`,
      ...onMachine(activity),
      oddity: `metadata:${program}`,
      explainable: true,
    };
  },
});

const SPELLED = /\b(?:169\.254\.169\.254|169\.254\.170\.(?:2|23)|metadata\.google\.internal)\b|fd00:ec2::254/;

function isAsked(activity: ActivityOf<Watched>): boolean {
  switch (activity.kind) {
    case 'dns':
      return isMetadataService(activity.detail.name.toLowerCase().replace(/\.$/, ''));
    case 'connection':
      return isMetadataService(activity.detail.address) || isMetadataService(activity.detail.host?.toLowerCase());
    case 'process':
      return activity.detail.action === 'start' && SPELLED.test((activity.process?.command_line ?? '').slice(0, 8_192));
  }
}
