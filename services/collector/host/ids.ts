// Ids made from content: the same record delivered twice, or the same commit told by two feeds, has the same ids.
import { canonicalJson, contentId } from '../../core/json.ts';
import type { ActivityDraft, RedactedRecord } from '../source.ts';

/** Names the drafts of one record, in their order. Only what is redacted goes into an id. */
export function idsOf(record: RedactedRecord, drafts: readonly ActivityDraft[]): readonly string[] {
  let content: string | undefined;
  return drafts.map((draft, ordinal) => {
    const repository = draft.vcs?.repository?.name;
    if (draft.kind === 'commit' && repository) return contentId('commit', repository, draft.detail.sha);
    if (draft.natural_id !== undefined) return contentId(record.source, draft.natural_id, draft.kind);
    // The same report of another run is another one, and so is the same line further down.
    const { report, at } = record;
    const place = [...(report ? [report.id, report.category ?? ''] : []), ...(at === undefined ? [] : [at])];
    content ??= contentId(record.source, record.event ?? '', repository ?? '', canonicalJson(record.body), ...place);
    return contentId(content, draft.kind, ordinal);
  });
}
