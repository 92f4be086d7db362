// Which system a file of a repository is a definition of, by its path (relative to the repository’s root, with `/`).
import type { DefinitionSystem } from '../../core/definition.ts';

export type DefinitionForm = 'workflow' | 'action' | 'gitlab' | 'jenkinsfile' | 'job-config' | 'circleci' | 'other';

const FORMS: readonly (readonly [DefinitionForm, RegExp])[] = [
  ['workflow', /^\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/],
  ['action', /^(?:[^/]+\/)*action\.ya?ml$/],
  ['gitlab', /^(?:[^/]+\/)*[^/]*\.gitlab-ci\.ya?ml$|^\.gitlab\/ci\/.+\.ya?ml$/],
  ['jenkinsfile', /^(?:[^/]+\/)*(?:Jenkinsfile[^/]*|[^/]+\.[jJ]enkinsfile)$/],
  ['circleci', /^\.circleci\/[^/]+\.ya?ml$/],
  ['job-config', /^(?:[^/]+\/)*config\.xml$/],
  ['other', /^\.buildkite\/.+\.ya?ml$|^(?:[^/]+\/)*azure-pipelines[\w.-]*\.ya?ml$|^bitbucket-pipelines\.ya?ml$/],
  ['other', /^\.?(?:travis|appveyor|drone|cirrus)\.ya?ml$|^\.(?:woodpecker|drone)(?:\/.+)?\.ya?ml$/],
];

const SYSTEMS: Readonly<Record<DefinitionForm, DefinitionSystem>> = {
  workflow: 'github',
  action: 'github',
  gitlab: 'gitlab',
  jenkinsfile: 'jenkins',
  'job-config': 'jenkins',
  circleci: 'circleci',
  other: 'other',
};

/** Undefined: the path is no definition’s. */
export function formOf(path: string): DefinitionForm | undefined {
  return FORMS.find(([, pattern]) => pattern.test(path))?.[0];
}

export function systemOf(form: DefinitionForm): DefinitionSystem {
  return SYSTEMS[form];
}
