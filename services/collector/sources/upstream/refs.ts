// What a third-party action's ref resolves to, told by whoever polled it. The record's form is our own (DESIGN.md
// section 8), so it is held to its schema.
import { z } from 'zod';
import { PipewardenError } from '../../../core/errors.ts';
import { instant, known } from '../../fields.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';

const seen = z.object({
  repository: z.string().min(1),
  ref: z.string().min(1),
  /** Absent: the ref is gone. */
  sha: z.string().min(1).nullish(),
  observed_at: z.union([z.string(), z.number()]).nullish(),
});

export const upstreamRefs = defineSource({
  id: 'upstream.refs',
  title: 'Refs of third-party actions',
  reference: 'https://git-scm.com/docs/git-ls-remote',
  body: 'json',
  identifiers: ['sha'],
  normalize,
  time: (body) => instant(body, 'observed_at'),
});

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const parsed = seen.safeParse(record.body);
  if (!parsed.success) {
    const problem = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    throw new PipewardenError('RECORD_INVALID', { source: record.source, problem });
  }
  const { repository, ref, sha } = parsed.data;
  return [
    known({
      kind: 'dependency',
      native_type: sha ? 'ref' : 'ref.gone',
      observed_at: instant(record.body, 'observed_at'),
      vcs: {
        repository: { name: repository },
        ref: { head: known({ name: ref, revision: sha ?? undefined }) },
      },
      detail: known({ type: 'action', name: repository, requested: ref, resolved: sha ?? undefined }),
    }),
  ];
}
