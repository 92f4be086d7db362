// Which files of a repository define its pipelines.

const DEFINITIONS: readonly RegExp[] = [
  /^\.github\/workflows\/[^/]+\.ya?ml$/,
  /^(?:\.github\/actions\/(?:[^/]+\/)*)?action\.ya?ml$/,
  /^\.gitlab-ci\.ya?ml$/,
  /^\.gitlab\/ci\/.+\.ya?ml$/,
  /^(?:[^/]+\/)*Jenkinsfile(?:\.[\w-]+)?$/,
  /^\.circleci\/config\.ya?ml$/,
  /^(?:\.gitea|\.forgejo)\/workflows\/[^/]+\.ya?ml$/,
  /^\.buildkite\/.+\.ya?ml$/,
  /^(?:[^/]+\/)*azure-pipelines[\w.-]*\.ya?ml$/,
  /^bitbucket-pipelines\.ya?ml$/,
  /^\.travis\.ya?ml$/,
  /^\.(?:woodpecker|drone)(?:\/.+)?\.ya?ml$/,
];

/** Those of `paths` (relative to the repository's root, with `/`) that define a pipeline. */
export function definitionsIn(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => DEFINITIONS.some((pattern) => pattern.test(path)));
}
