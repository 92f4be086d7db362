// From a redacted record to its activities: what a source drafts, with what is the same for all.
import type { Activity } from '../../core/activity.ts';
import type { Json } from '../../core/json.ts';
import { HOUR, type Instant } from '../../core/time.ts';
import { markerCounts } from '../../redactor/marker.ts';
import { noting } from '../fields.ts';
import type { ActivityDraft, RedactedRecord, Source } from '../source.ts';
import { bounded, heldTime } from './bounds.ts';
import { type CompleteDraft, completed, type Knowledge, NO_KNOWLEDGE } from './complete.ts';
import { idsOf } from './ids.ts';
import { draftsOf } from './report.ts';

/** `corrected` counts server times that were not credible. Throws what `normalize` throws. */
export function activitiesOf(
  record: RedactedRecord,
  source: Source,
  knowledge: Knowledge = NO_KNOWLEDGE,
): { readonly activities: readonly Activity[]; readonly corrected: number } {
  const { value, notes } = noting(() => draftsOf(record, source));
  const told = value.map((draft) => completed(withCredential(bounded(draft), record), source.id, knowledge));
  const drafts = [...told, ...exposureOf(record, told)];
  const ids = idsOf(record, drafts);
  const times = drafts.map((draft) => heldTime(draft.observed_at, record));
  const activities = drafts.map((draft, index) => {
    const first = index === 0;
    return activityOf(record, draft, {
      id: ids[index] ?? '',
      observed_at: times[index]?.at ?? record.received_at,
      redactions: redactionsOf(record, draft, first),
      record: first && draft.kind !== 'log' ? record.body : undefined,
      problems: first && notes.length > 0 ? notes : undefined,
    });
  });
  const isTold = (index: number) => !record.history || isSettled(drafts[index]?.observed_at, record.received_at);
  return {
    activities: activities.filter((_, index) => isTold(index)),
    corrected: times.filter(({ corrected }) => corrected).length,
  };
}

/** What has just happened is not the past yet: learned without a word, it would be known when its feed tells of it. */
function isSettled(observed: Instant | undefined, now: Instant): boolean {
  return observed === undefined || observed < now - HOUR;
}

/** A token that a scanner found, by the name that whoever issued it gives it. */
function withCredential(draft: ActivityDraft, { tokens }: RedactedRecord): ActivityDraft {
  if (!tokens || draft.kind !== 'alert' || draft.detail.secret === undefined) return draft;
  const credential = tokens.get(draft.detail.secret);
  return credential === undefined ? draft : { ...draft, detail: { ...draft.detail, credential } };
}

/** Where and when the log's first chunk is. */
function exposureOf({ exposure }: RedactedRecord, [first]: readonly ActivityDraft[]): readonly ActivityDraft[] {
  if (!exposure || !first) return [];
  const { kind: _kind, detail: _detail, natural_id, ...common } = first;
  return [
    { ...common, ...(natural_id && { natural_id }), kind: 'exposure', native_type: 'exposure', detail: exposure },
  ];
}

/** Of a log, each chunk has its own; else the first activity tells of the whole record. Undefined where there are none. */
function redactionsOf(
  record: RedactedRecord,
  draft: ActivityDraft,
  first: boolean,
): Activity['redactions'] | undefined {
  if (Object.keys(record.redactions).length === 0) return undefined;
  if (draft.kind !== 'log') return first ? record.redactions : undefined;
  const own = markerCounts(draft.detail.lines.join('\n'));
  return Object.keys(own).length > 0 ? own : undefined;
}

function activityOf(
  record: RedactedRecord,
  { natural_id: _name, observed_at: _time, ...draft }: CompleteDraft,
  made: {
    readonly id: string;
    readonly observed_at: number;
    readonly redactions: Activity['redactions'] | undefined;
    readonly record: Json | undefined;
    readonly problems: readonly string[] | undefined;
  },
): Activity {
  return {
    ...draft,
    id: made.id,
    source: record.source,
    received_at: record.received_at,
    observed_at: made.observed_at,
    ...(made.redactions && { redactions: made.redactions }),
    ...(made.record !== undefined && { record: made.record }),
    ...(made.problems && { problems: made.problems }),
    ...(record.input !== undefined && { input: record.input }),
    ...(record.sample && { sample: record.sample }),
    ...(record.history && { history: record.history }),
  };
}
