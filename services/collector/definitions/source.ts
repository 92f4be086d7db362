// A pipeline's definition as somebody changed it, as a source: each system whose definitions are fetched has a feed
// `<system>.definition` of this form.
import type { Vcs } from '../../core/activity.ts';
import { PipewardenError } from '../../core/errors.ts';
import { isObject, type Json } from '../../core/json.ts';
import { at, identifier, instant, known, text } from '../fields.ts';
import { type ActivityDraft, defineSource, type RedactedRecord, type Source } from '../source.ts';
import { diffDefinitions } from './diff.ts';
import { readDefinition } from './read.ts';

/** The body of a record. */
export interface DefinitionChange {
  /** Where it is kept; or the pipeline that it is of, where the system itself keeps it. */
  readonly repository?: string;
  readonly pipeline?: string;
  readonly path: string;
  /** Commit with which it is `after`; of `before`. Without a repository whatever tells this change from others. */
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

const FIELDS = ['repository', 'pipeline', 'path', 'revision'] as const;

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const { body, source } = record;
  const [repository, pipeline, path, revision] = FIELDS.map((field) => text(body, field));
  const place = repository ?? pipeline;
  if (!isObject(body) || place === undefined || path === undefined || revision === undefined) {
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
  const facts: Json = JSON.parse(JSON.stringify(delta));
  return [
    known({
      kind: 'definition' as const,
      native_type: `definition.${delta.status}`,
      natural_id: `${place} ${path} ${revision}`,
      observed_at: instant(body, 'changed_at'),
      organization: repository?.includes('/') ? repository.split('/', 1)[0] : undefined,
      actor: at(body, 'actor') === undefined ? undefined : known({ name, id, type: 'unknown' as const }),
      ...(repository === undefined
        ? { cicd: { pipeline: known({ name: pipeline }) } }
        : { vcs: vcsOf(body, repository, revision), cicd: { pipeline: { definition: path } } }),
      detail: { system: delta.system, path, change: delta.status, words: delta.words, delta: facts },
    }),
  ];
}

function vcsOf(body: Json, repository: string, revision: string): Vcs {
  const branch = text(body, 'branch');
  return {
    repository: { name: repository },
    ref: {
      head: known({ name: branch, revision, type: branch === undefined ? undefined : ('branch' as const) }),
      base: known({ revision: text(body, 'base') }),
    },
  };
}
