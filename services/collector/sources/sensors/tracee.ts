// Tracee's events: system calls, hooks, packets, and what its signatures detect in them. A detection is told as an alert,
// and with it the event that triggered it, where the record carries that.
import { PipewardenError } from '../../../core/errors.ts';
import { known } from '../../fields.ts';
import { listed } from '../../push.ts';
import { authorization } from '../../receiver/proofs.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { callOf } from './shared/calls.ts';
import { type Deed, RAISED } from './shared/deed.ts';
import { firstText } from './tracee/arguments.ts';
import { placeOfEvent, processOf } from './tracee/context.ts';
import { deedOf } from './tracee/deeds.ts';
import { type Happening, readEvent, type Threat, timeOf } from './tracee/event.ts';

export const tracee = defineSource({
  id: 'tracee',
  title: 'Tracee',
  reference: 'https://aquasecurity.github.io/tracee/latest/docs/outputs/event-structure/',
  push: { path: '/hooks/tracee', proof: authorization, split: listed },
  body: 'json',
  identifiers: ['containerId', 'podUID', 'imageDigest', 'repo_digests', 'uid'],
  normalize,
  time: (body) => timeOf(body),
});

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const event = readEvent(record.body);
  if (!event) {
    throw new PipewardenError('RECORD_INVALID', {
      source: record.source,
      problem: 'the body is not an event of Tracee',
    });
  }
  const happening = event.threat ? event.trigger : event;
  const deed = happening && deedOf(happening);
  const base = known({
    native_type: event.name,
    observed_at: event.time,
    process: processOf(event, started(happening, deed)),
    ...placeOfEvent(event),
  });
  if (!event.threat) return [{ ...base, ...(deed ?? { kind: 'other' as const, detail: { type: event.name } }) }];
  const path =
    firstText(event.args, 'path', 'pathname', 'file_path') ?? (deed?.kind === 'file' ? deed.detail.path : undefined);
  const raised: ActivityDraft = { ...base, kind: 'alert', detail: alert(event.threat, path) };
  return deed ? [raised, { ...base, ...deed }] : [raised];
}

function started(happening: Happening | undefined, deed: Deed | undefined): Happening | undefined {
  return deed?.kind === 'process' && callOf(happening?.name) === 'exec' ? happening : undefined;
}

function alert({ rule, title, level }: Threat, path: string | undefined) {
  return known({
    action: RAISED,
    tool: 'tracee',
    rule,
    title,
    level,
    location: path === undefined ? undefined : { path },
  });
}
