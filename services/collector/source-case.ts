// A case of a source: a record as the system's documentation shows it, and what it becomes. Data only, beside the feed in
// `<feed>.cases.ts`; tests and the reference read them.
import type { ActivityDraft, SourceRecord } from './source.ts';

/** Any part of a value, at any depth; of lists, each element in its place. */
export type Part<Value> = Value extends readonly (infer Element)[]
  ? readonly Part<Element>[]
  : Value extends object
    ? { readonly [Key in keyof Value]?: Part<Value[Key]> }
    : Value;

export interface SourceCase {
  /** What happened, as a person would say it. */
  readonly name: string;
  /** The page of the system's documentation that the record was written from. */
  readonly reference: string;
  readonly record: Omit<SourceRecord, 'source' | 'received_at' | 'input' | 'sample'>;
  /** What it becomes: as many activities, in this order, with these fields among others; kinds are always told. */
  readonly drafts: readonly (Part<ActivityDraft> & Pick<ActivityDraft, 'kind'>)[];
  /** Fields of the wrong type that are told, by path. */
  readonly notes?: readonly string[];
}
