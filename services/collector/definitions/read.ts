// A definition from its path and text: the path says which system reads it.
import type { Definition } from '../../core/definition.ts';
import { readGithubAction, readGithubWorkflow } from './github-workflow.ts';
import { type DefinitionForm, formOf } from './paths.ts';

const READERS: Readonly<Partial<Record<DefinitionForm, (path: string, source: string) => Definition>>> = {
  workflow: readGithubWorkflow,
  action: readGithubAction,
};

/**
 * What a definition says; undefined for a path that is none. Never throws: what cannot be read is told in `problems`, and
 * the rest is used.
 */
export function readDefinition(path: string, source: string): Definition | undefined {
  const form = formOf(path);
  return form && READERS[form]?.(path, source);
}
