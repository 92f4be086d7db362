// Lines that Jenkins' Audit Trail plugin writes, with its default pattern or a wider one.
import { PipewardenError } from '../../../core/errors.ts';
import { known } from '../../fields.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { lineOf } from './audit/line.ts';
import { messageOf } from './audit/message.ts';

export const jenkinsAudit = defineSource({
  id: 'jenkins.audit',
  title: 'Jenkins Audit Trail plugin',
  reference: 'https://plugins.jenkins.io/audit-trail/',
  body: 'text',
  identifiers: [],
  normalize,
  time: (body) => (typeof body === 'string' ? lineOf(body).at : undefined),
});

function normalize({ body, source }: RedactedRecord): readonly ActivityDraft[] {
  if (typeof body !== 'string' || body.trim() === '') {
    throw new PipewardenError('RECORD_INVALID', { source, problem: 'the body is not a line' });
  }
  const { at, message } = lineOf(body.trim());
  const { native_type, pieces } = messageOf(message);
  return pieces.map((piece) => ({ ...known({ native_type, observed_at: at }), ...piece }));
}
