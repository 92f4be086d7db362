// What the tests of definitions share: reading one that must be readable, and the facts of one kind without their places.
import { diffDefinitions } from '../../../services/collector/definitions/diff.ts';
import { readDefinition } from '../../../services/collector/definitions/read.ts';
import type { Definition, Fact } from '../../../services/core/definition.ts';

export function read(path: string, source: string): Definition {
  const definition = readDefinition(path, source);
  if (!definition) throw new Error(`${path} is no definition`);
  return definition;
}

/** The facts without lines. */
export function unplaced<Kind extends Fact>(facts: readonly Kind[]): readonly Omit<Kind, 'line'>[] {
  return facts.map(({ line: _line, ...fact }) => fact);
}

/** What a change of the text says in words. */
export function words(path: string, before: string | undefined, after: string | undefined): readonly string[] {
  const [old, fresh] = [before, after].map((text) => (text === undefined ? undefined : readDefinition(path, text)));
  return diffDefinitions(old, fresh)?.words ?? [];
}

/** Names of the signs of every script, with their line. */
export function signs({ scripts }: Definition): readonly string[] {
  return scripts.flatMap((script) => script.signs.map(({ kind, line }) => `${line} ${kind}`));
}
