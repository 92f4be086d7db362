// Files that hold credentials, by the documentation of the programs that keep them.

export interface FileClass {
  readonly kind: string;
  readonly words: string;
  readonly pattern: RegExp;
  /** Programs that read it for a living. */
  readonly owners: RegExp;
}

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

export function credentialFile(path: string): FileClass | undefined {
  return FILES.find(({ pattern }) => pattern.test(path));
}

/** https://docs.gitlab.com/ci/variables/#use-file-type-cicd-variables */
const FILE_VARIABLE = /\.tmp\/[A-Z][A-Z0-9_]{1,80}$/;
const SPEAKS = /KEY|TOKEN|SECRET|CRED|PASS|KUBE|SSH|CERT|ACCOUNT|AUTH/;
/** Where people put theirs, though no program does by itself. */
const BY_HAND = /(?:^|\/)(?:kubeconfig|\.env(?:\.[a-z]{1,20})?|id_(?:rsa|ed25519|ecdsa|dsa))$/;

/** What a file holds that somebody sends away; undefined for one that may well be sent. */
export function secretFile(path: string): string | undefined {
  const bare = path.replace(/^~/, '/~').replace(/^\$\{?HOME\}?/, '/~');
  const known = credentialFile(bare.startsWith('/') ? bare : `/${bare}`);
  if (known) return known.words;
  if (FILE_VARIABLE.test(path) && SPEAKS.test(path.slice(path.lastIndexOf('/')))) return 'a secret variable of the job';
  return BY_HAND.test(path) ? 'a file of secrets' : undefined;
}
