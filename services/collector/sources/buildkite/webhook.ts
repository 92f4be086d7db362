// Buildkite webhooks of pipelines: builds, jobs, agents, agent tokens and pings.
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json } from '../../../core/json.ts';
import type { Instant } from '../../../core/time.ts';
import { instant, known, object, text } from '../../fields.ts';
import { firstOf, timedHmac, token } from '../../receiver/proofs.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { organizationOf } from './webhook/delivery.ts';
import { EVENTS } from './webhook/events.ts';

const MARKS = ['build', 'job', 'agent', 'cluster_token', 'service'];

export const buildkiteWebhook = defineSource({
  id: 'buildkite.webhook',
  title: 'Buildkite webhooks',
  reference: 'https://buildkite.com/docs/apis/webhooks/pipelines',
  push: {
    path: '/hooks/buildkite',
    proof: firstOf(timedHmac('X-Buildkite-Signature'), token('X-Buildkite-Token')),
    event: 'X-Buildkite-Event',
    delivery: ['X-Buildkite-Request'],
  },
  body: 'json',
  identifiers: ['id', 'commit', 'graphql_id'],
  // Whoever knows the address that a forge calls can start builds.
  secrets: ['webhook_url'],
  normalize,
  time: (body) => (isObject(body) ? timeOf(text(body, 'event') ?? '', body) : undefined),
});

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const { body } = record;
  if (!isObject(body) || !MARKS.some((mark) => isObject(body[mark]))) {
    throw new PipewardenError('RECORD_INVALID', { source: record.source, problem: 'the body is not a delivery' });
  }
  const event = record.event ?? text(body, 'event') ?? 'unnamed';
  const base = known({
    native_type: event,
    observed_at: timeOf(event, body),
    organization: organizationOf(body),
  });
  const mapper = EVENTS.get(event.split('.', 1)[0] ?? event);
  return [{ ...base, ...(mapper?.({ event, body }) ?? { kind: 'other', detail: { type: event } }) }];
}

/** When what the event tells happened: `finished_at` for `build.finished`, and so on; else the latest time there is. */
function timeOf(event: string, body: Json): Instant | undefined {
  const [about = '', change = ''] = event.split('.');
  const subject = isObject(body) ? object(body, about) : undefined;
  const times = [TIMES[change] ?? 'created_at', ...LATEST].map((field) => instant(subject, field));
  return times.find((time) => time !== undefined);
}

const TIMES: Readonly<Record<string, string>> = {
  scheduled: 'scheduled_at',
  running: 'started_at',
  started: 'started_at',
  failing: 'failing_at',
  finished: 'finished_at',
  activated: 'unblocked_at',
  promised_exit_status: 'promised_exit_status_at',
  connected: 'connected_at',
  disconnected: 'disconnected_at',
  lost: 'lost_at',
  stopped: 'stopped_at',
};
const LATEST = ['finished_at', 'started_at', 'scheduled_at', 'connected_at', 'created_at'];
