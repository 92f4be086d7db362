// Something is put where it starts by itself the next time: timers, services, shells' start files, keys that let in, libraries
// that are loaded into every program (I11, I26, I36, D108, D078). On a machine that lives longer than its job that stays.
import { defineDetector } from '../../services/core/detector.ts';
import { type FirstSeenDetail, type FirstSeenState, firstSeen, type Sightings } from '../baselines/first-seen.ts';
import { jobLevels, jobWords, onMachine } from './levels.ts';
import { programName } from './program.ts';

interface Place {
  readonly kind: string;
  readonly words: string;
  readonly pattern: RegExp;
  /** Programs whose work it is to write there. */
  readonly owners: RegExp;
  /** Images and packages write there; what stays of it tells a machine of its own alone. */
  readonly everyday?: true;
}

const PACKAGE_MANAGERS =
  /^(?:dpkg|apt|apt-get|rpm|rpmdb|yum|dnf|microdnf|zypper|apk|pacman|snapd?|systemctl|systemd|deb-systemd-helper|update-rc\.d|cloud-init|puppet|chef|salt|ansible|buildkitd|dockerd|containerd|runc|umoci|buildah|kaniko|overlayfs)/;

/** By the manual pages ld.so(8), sudoers(5), sshd(8), crontab(5), systemd.unit(5), bash(1). */
const PLACES: readonly Place[] = [
  {
    kind: 'loader',
    words: 'a list of libraries that every program loads',
    pattern: /^\/etc\/ld\.so\.preload$/,
    owners: /^$/,
  },
  {
    kind: 'sudoers',
    words: 'who may act as the superuser',
    pattern: /^\/etc\/sudoers(?:\.d\/[^/]+)?$/,
    owners: /^(?:visudo|sudo|useradd|adduser|usermod)/,
  },
  {
    kind: 'keys',
    words: 'a list of keys that let in',
    pattern: /\/\.ssh\/authorized_keys2?$/,
    owners: /^(?:ssh-copy-id|cloud-init|google_guest_agent|waagent|sshd)/,
  },
  {
    kind: 'timer',
    words: 'a timetable',
    pattern: /^\/(?:var\/spool\/cron\/(?:crontabs\/)?[^/]+|etc\/cron(?:tab$|\.[a-z]+\/[^/]+))/,
    owners: /^(?:crond?|anacron)$/,
  },
  {
    kind: 'service',
    words: 'a service that starts by itself',
    pattern: /\/(?:etc|lib|\.config|\.local\/share)\/systemd\/(?:system|user)\/[^/]+\.(?:service|timer|path|socket)$/,
    owners: /^svc\.sh$/,
  },
  {
    kind: 'agent',
    words: 'a program that macOS starts by itself',
    pattern: /\/Library\/Launch(?:Agents|Daemons)\/[^/]+\.plist$/,
    owners: /^(?:installer|launchctl|brew)/,
  },
  {
    kind: 'start file',
    words: 'what every shell or interpreter runs first',
    pattern:
      /(?:\/(?:etc\/(?:profile|bash\.bashrc|profile\.d\/[^/]+)|\.bash_?(?:rc|profile|login)|\.profile|\.zsh(?:rc|env)|\.zprofile)|\/site-packages\/[^/]+\.pth)$/,
    owners: /^(?:pip|python|uv|poetry|conda|mamba|rustup|nvm|volta|bash|sh|brew|sdk|node|npm|opam|ghcup)/,
    everyday: true,
  },
];

export const persistenceFileWritten = defineDetector<'file', Sightings, FirstSeenState, FirstSeenDetail>({
  id: 'persistence-file-written',
  title: 'Something is made to start by itself',
  summary:
    'Learns which programs of each job write to timetables, services, start files, lists of keys and of superusers, and notices one that never did.',
  catalogue: 'D108',
  severity: 'medium',
  maturity: 'incubating',
  owasp: ['CICD-SEC-7'],
  attack: [
    { tactic: 'TA0003', technique: 'T1543' },
    { tactic: 'TA0003', technique: 'T1098.004' },
  ],
  cases: () => import('./persistence-file-written.cases.ts'),
  watches: ['file'],
  by: 'place',
  falsePositives: ['A build that makes an image, or sets up a machine.', 'A runner that is being installed.'],
  next: [
    'Read the file; compare the machine with its image.',
    'Rebuild the machine instead of cleaning it, where anything of it is unexplained.',
  ],
  baseline: firstSeen,
  levels: jobLevels,

  observe({ detail, process }) {
    if (detail.action === 'read') return undefined;
    const found = placeOf(detail);
    const program = programName(process?.executable) ?? 'unknown';
    const isOwn = !found || PACKAGE_MANAGERS.test(program) || found.owners.test(program);
    return { write: [isOwn ? 'ordinary' : `${found.kind} ${program}`] };
  },

  judge(activity, { write = [] }, reading, { run }) {
    const found = placeOf(activity.detail);
    const [sighting] = reading.detail.sightings;
    if (!found || write[0] === 'ordinary' || !sighting || sighting.times > 0 || sighting.knownTo !== null) {
      return undefined;
    }
    const program = programName(activity.process?.executable) ?? 'A program';
    // A hosted machine is gone after its job, and a container with it.
    const stays = run?.ownRunner === true || activity.cicd?.worker?.hosted === false || !activity.cicd?.pipeline;
    const isLow = found.everyday || !stays || activity.host?.container !== undefined;
    return {
      severity: isLow ? 'low' : 'medium',
      certain: true,
      observed: `${jobWords(activity)}: ${program} wrote ${found.words}, ${(activity.detail.target ?? activity.detail.path).slice(0, 160)}.`,
      expected: `In ${Math.round(reading.observations).toLocaleString('en-US')} writes that were seen here it never did.`,
      ...onMachine(activity),
      oddity: `persistence:${found.kind}:${program}`,
      explainable: true,
    };
  },
});

function placeOf({ path, target }: { readonly path: string; readonly target?: string }): Place | undefined {
  return PLACES.find(({ pattern }) => pattern.test(path) || (target !== undefined && pattern.test(target)));
}
