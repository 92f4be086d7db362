// Records of a tool's report that came as a whole: where it was made is told with each finding, and its end is told too.
import type { Cicd, Vcs } from '../../core/activity.ts';
import { anyKnown, flag, known, number, text } from '../fields.ts';
import { scanned } from '../findings.ts';
import type { ActivityDraft, RedactedRecord, Source } from '../source.ts';

/** As the source reads it; of a report, with what its sender said. Throws what `normalize` throws. */
export function draftsOf(record: RedactedRecord, source: Source): readonly ActivityDraft[] {
  const { report } = record;
  if (!report) return source.normalize(record);
  const drafts = report.end ? [endOf(record)] : source.normalize(record);
  return drafts.map((draft) => placed(draft, record));
}

/** What its body says: see `results/ends.ts`. */
function endOf({ body, repository }: RedactedRecord): ActivityDraft {
  return known({
    kind: 'alert',
    native_type: 'scan',
    vcs: scanned(repository, { name: text(body, 'branch') }),
    detail: known({
      action: 'scan',
      tool: text(body, 'tool'),
      report: known({ id: '', findings: number(body, 'findings'), complete: flag(body, 'complete') }),
    }),
  });
}

/** What the report says itself stays. */
function placed(draft: ActivityDraft, record: RedactedRecord): ActivityDraft {
  const { report } = record;
  if (!report) return draft;
  const vcs = vcsOf(draft.vcs, record);
  const cicd = draft.cicd ?? cicdOf(record);
  const whole: ActivityDraft = { ...draft, ...(vcs && { vcs }), ...(cicd && { cicd }) };
  if (whole.kind !== 'alert') return whole;
  const { id, category } = report;
  return { ...whole, detail: { ...whole.detail, report: known({ ...whole.detail.report, id, category }) } };
}

function vcsOf(vcs: Vcs | undefined, { report }: RedactedRecord): Vcs | undefined {
  const { head, ...ref } = vcs?.ref ?? {};
  const told = anyKnown({ name: report?.branch, revision: report?.revision, ...head });
  return anyKnown({ ...vcs, ref: anyKnown({ ...ref, head: told }) });
}

function cicdOf({ run_id, job }: RedactedRecord): Cicd | undefined {
  const pipeline = anyKnown({
    run: run_id === undefined ? undefined : { id: run_id },
    task: job === undefined ? undefined : { name: job },
  });
  return pipeline && { pipeline };
}
