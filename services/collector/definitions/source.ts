// A pipeline's definition as somebody changed it, as a source: each system whose definitions are fetched has a feed
// `<system>.definition` of this form.
import { PipewardenError } from '../../core/errors.ts';
import { isObject, type Json } from '../../core/json.ts';
import { at, identifier, instant, known, text } from '../fields.ts';
import { type ActivityDraft, defineSource, type RedactedRecord, type Source } from '../source.ts';
import { diffDefinitions } from './diff.ts';
import { readDefinition } from './read.ts';

/** The body of a record. */
export interface DefinitionChange {
  readonly repository: string;
  readonly path: string;
  /** Commit with which it is `after`; of `before`. */
  readonly revision: string;
  readonly base?: string;
  /** The whole texts; absent where there is no such file. */
  readonly before?: string;
  readonly after?: string;
  /** Who brought it there. */
  readonly actor?: { readonly name?: string; readonly id?: string };
  readonly branch?: string;
  /** RFC 3339, by the system's clock. */
  readonly changed_at?: string;
}

export function defineDefinitionSource(named: Pick<Source, 'id' | 'title' | 'reference'>): Source {
  return defineSource({
    ...named,
    body: 'json',
    identifiers: ['revision', 'base'],
    normalize,
    time: (body) => instant(body, 'changed_at'),
  });
}

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const { body, source } = record;
  const [repository, path, revision] = ['repository', 'path', 'revision'].map((field) => text(body, field));
  if (!isObject(body) || repository === undefined || path === undefined || revision === undefined) {
    throw new PipewardenError('RECORD_INVALID', { source, problem: 'the body is not a change of a definition' });
  }
  const [before, after] = ['before', 'after'].map((side) => {
    const content = text(body, side);
    return content === undefined ? undefined : readDefinition(path, content);
  });
  const delta = diffDefinitions(before, after);
  if (!delta)
    throw new PipewardenError('RECORD_INVALID', { source, problem: `${path} defines no pipeline that is known` });
  const name = text(body, 'actor', 'name');
  const id = identifier(body, 'actor', 'id');
  const branch = text(body, 'branch');
  const facts: Json = JSON.parse(JSON.stringify(delta));
  return [
    known({
      kind: 'definition' as const,
      native_type: `definition.${delta.status}`,
      natural_id: `${repository} ${path} ${revision}`,
      observed_at: instant(body, 'changed_at'),
      organization: repository.includes('/') ? repository.split('/', 1)[0] : undefined,
      actor: at(body, 'actor') === undefined ? undefined : known({ name, id, type: 'unknown' as const }),
      vcs: {
        repository: { name: repository },
        ref: {
          head: known({ name: branch, revision, type: branch === undefined ? undefined : ('branch' as const) }),
          base: known({ revision: text(body, 'base') }),
        },
      },
      cicd: { pipeline: { definition: path } },
      detail: { system: delta.system, path, change: delta.status, words: delta.words, delta: facts },
    }),
  ];
}
