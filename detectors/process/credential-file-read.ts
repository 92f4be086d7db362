// A program reads a file that holds credentials, and never did there: the runner's own, a tool's, the controller's keys.
import { defineDetector } from '../../services/core/detector.ts';
import { type FirstSeenDetail, type FirstSeenState, firstSeen, type Sightings } from '../baselines/first-seen.ts';
import { jobLevels, jobWords, onMachine } from './levels.ts';
import { programName } from './program.ts';

interface FileClass {
  readonly kind: string;
  readonly words: string;
  readonly pattern: RegExp;
  /** Programs that read it for a living. */
  readonly owners: RegExp;
}

/** Where credentials are kept, by the documentation of each program. */
const FILES: readonly FileClass[] = [
  {
    kind: 'controller',
    words: 'the controller’s key or the list of its accounts',
    pattern: /\/(?:secrets\/(?:master\.key|hudson\.util\.Secret|initialAdminPassword)|users\/users\.xml)$/,
    owners: /^$/,
  },
  {
    kind: 'accounts',
    words: 'an account or the stored credentials of the controller',
    pattern: /\/(?:users\/[^/]+\/config\.xml|credentials\.xml)$/,
    // It reads them itself whenever somebody signs in or saves something; what is above, at its start alone.
    owners: /^java$/,
  },
  {
    kind: 'runner',
    words: 'the runner’s own credentials',
    pattern: /\/(?:\.credentials(?:_rsaparams)?|\.runner|_runner_file_commands\/[^/]+|gitlab-runner\/config\.toml)$/,
    owners: /^(?:runner\.(?:listener|worker)|gitlab-runner|act_runner)$/,
  },
  {
    kind: 'cloud',
    words: 'a cloud’s credentials',
    pattern:
      /\/(?:\.aws\/(?:credentials|sso\/cache\/[^/]+)|\.config\/gcloud\/(?:application_default_credentials\.json|(?:credentials|access_tokens)\.db|legacy_credentials\/[^/]+\/[^/]+)|\.azure\/(?:accessTokens\.json|msal_token_cache\.(?:json|bin))|\.oci\/config)$/,
    owners: /^(?:aws|gcloud|gsutil|bq|az|terraform|tofu|pulumi|packer|sam|cdk|kubectl|oci|sops|boto)/,
  },
  {
    kind: 'cluster',
    words: 'a cluster’s credentials',
    pattern: /\/(?:\.kube\/config|serviceaccount\/token)$/,
    owners: /^(?:kubectl|helm|k9s|kustomize|argocd|flux|skaffold|terraform|tofu|oc|istioctl|kubelet)/,
  },
  {
    kind: 'tool',
    words: 'a tool’s credentials',
    pattern:
      /\/(?:\.netrc|\.npmrc|\.pypirc|\.yarnrc(?:\.yml)?|\.docker\/config\.json|\.git-credentials|\.config\/gh\/hosts\.yml|\.m2\/settings\.xml|\.gem\/credentials|\.cargo\/credentials(?:\.toml)?|\.composer\/auth\.json)$/,
    owners:
      /^(?:git|npm|npx|node|yarn|pnpm|bun|pip|python|twine|uv|poetry|docker|buildx|buildctl|podman|skopeo|crane|cosign|gh|mvn|java|gradle|gem|ruby|bundle|cargo|composer|php|curl|wget|go|oras|runner\.worker)/,
  },
  {
    kind: 'key',
    words: 'a private key',
    pattern: /\/(?:\.ssh\/id_[a-z0-9_]+|\.gnupg\/(?:private-keys-v1\.d\/[^/]+|secring\.gpg)|etc\/shadow)$/,
    owners: /^(?:ssh|scp|sftp|git|rsync|gpg|gpg-agent|ssh-agent|ssh-add|ansible|sshd|sudo|su|login|unix_chkpwd)/,
  },
];

/** Kinds that builds read with ever new programs. */
const SHARED = new Set(['cloud', 'cluster', 'tool']);

export const credentialFileRead = defineDetector<'file', Sightings, FirstSeenState, FirstSeenDetail>({
  id: 'credential-file-read',
  title: 'Credentials are read from a file',
  summary:
    'Learns which programs read files with credentials in each job and on each controller, and notices one that never did; programs that the file belongs to are no news.',
  catalogue: 'D084',
  severity: 'high',
  maturity: 'stable',
  owasp: ['CICD-SEC-6', 'CICD-SEC-7'],
  attack: [{ tactic: 'TA0006', technique: 'T1552.001' }],
  cases: () => import('./credential-file-read.cases.ts'),
  watches: ['file'],
  by: 'place',
  falsePositives: [
    'A controller that reads its own key at a restart, where nobody watched one before.',
    'A new tool of the build.',
  ],
  next: ['Ask what made the program read it; isolate the machine if nobody knows.', 'Rotate what the file holds.'],
  baseline: firstSeen,
  levels: jobLevels,

  observe({ detail, process }) {
    const found = detail.action === 'read' ? classOf(detail.path) : undefined;
    // Every read is a lesson in how much is seen here, so that "never" can weigh something.
    if (detail.action !== 'read') return undefined;
    const program = programName(process?.executable) ?? 'unknown';
    return { read: [found && !found.owners.test(program) ? `${found.kind} ${program}` : 'ordinary'] };
  },

  judge(activity, { read = [] }, reading) {
    const found = classOf(activity.detail.path);
    const [sighting] = reading.detail.sightings;
    if (!found || read[0] === 'ordinary' || !sighting || sighting.times > 0) return undefined;
    const program = programName(activity.process?.executable) ?? 'a program';
    const isOwnKind = !SHARED.has(found.kind);
    return {
      severity: isOwnKind ? (reading.observations >= 20 ? 'high' : 'medium') : 'low',
      ...(isOwnKind && { certain: true }),
      observed: `${jobWords(activity)}: ${program} read ${found.words}, ${activity.detail.path.slice(0, 160)}.`,
      expected: `In ${Math.round(reading.observations).toLocaleString('en-US')} reads that were seen here it never did.`,
      // Another file of the same sort is another deed.
      ...onMachine(activity),
      oddity: `file:${found.kind}:${program}:${activity.detail.path.slice(activity.detail.path.lastIndexOf('/') + 1)}`,
    };
  },
});

function classOf(path: string): FileClass | undefined {
  return FILES.find(({ pattern }) => pattern.test(path));
}
