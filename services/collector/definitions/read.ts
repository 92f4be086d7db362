// A definition from its path and text: the path says which system reads it.
import type { Definition } from '../../core/definition.ts';
import { readCircleciConfig } from './circleci-config.ts';
import { finish, linesOf, startDraft } from './draft.ts';
import { readGithubAction, readGithubWorkflow } from './github-workflow.ts';
import { readGitlabCi } from './gitlab-ci.ts';
import { readJobConfig } from './jenkins-job-config.ts';
import { readJenkinsfile } from './jenkinsfile.ts';
import { readLines } from './patch/lines.ts';
import { type DefinitionForm, formOf, systemOf } from './paths.ts';

const READERS: Readonly<Partial<Record<DefinitionForm, (path: string, source: string) => Definition>>> = {
  workflow: readGithubWorkflow,
  action: readGithubAction,
  gitlab: readGitlabCi,
  circleci: readCircleciConfig,
  jenkinsfile: readJenkinsfile,
  'job-config': readJobConfig,
};

/** Whether `readDefinition` has a reader for it. */
export function isReadable(path: string): boolean {
  const form = formOf(path);
  return form !== undefined && READERS[form] !== undefined;
}

/**
 * What a definition says; undefined for a path that is none. Never throws: what cannot be read is told in `problems`, and
 * the rest is used.
 */
export function readDefinition(path: string, source: string): Definition | undefined {
  const form = formOf(path);
  const read = form && READERS[form];
  if (!read) return undefined;
  const definition = read(path, source);
  const broken = definition.problems.length > 0 && definition.jobs.length === 0;
  return broken ? readBroken(definition, form, source) : definition;
}

/** Text that is no such definition as a whole: its lines may still say what they would do. */
function readBroken({ path, problems }: Definition, form: DefinitionForm, source: string): Definition {
  const draft = startDraft(problems);
  const lines = linesOf(source);
  readLines(draft, form, lines, '');
  return finish(draft, { system: systemOf(form), path, partial: true }, lines);
}
