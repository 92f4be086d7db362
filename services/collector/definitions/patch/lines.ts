// Lines of a definition of which only some are shown, or which are no whole YAML, read by what each of them says.
import type { Draft, SourceLine } from '../draft.ts';
import type { DefinitionForm } from '../paths.ts';
import { readCircleciFragment } from './circleci.ts';
import { type Fragment, readFragment } from './fragment.ts';
import { readGithubFragment } from './github.ts';
import { readGitlabFragment } from './gitlab.ts';
import { readGroovyLines, readJobLines } from './jenkins.ts';
import { readOtherFragment } from './other.ts';

type Reader = (draft: Draft, lines: readonly SourceLine[], heading: string) => void;

function yaml(read: (draft: Draft, fragment: Fragment) => void): Reader {
  return (draft, lines, heading) => read(draft, readFragment(lines, heading));
}

const READERS: Readonly<Record<DefinitionForm, Reader>> = {
  workflow: yaml(readGithubFragment),
  action: yaml(readGithubFragment),
  gitlab: yaml(readGitlabFragment),
  circleci: yaml(readCircleciFragment),
  other: yaml(readOtherFragment),
  jenkinsfile: readGroovyLines,
  'job-config': readJobLines,
};

/** `heading`: the nearest line above that begins in the first column. Jobs are not told: only parts of them are seen. */
export function readLines(draft: Draft, form: DefinitionForm, lines: readonly SourceLine[], heading: string): void {
  READERS[form](draft, lines, heading);
  draft.jobs.length = 0;
}
