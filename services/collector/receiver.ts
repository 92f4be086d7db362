// Receives what feeds deliver to us. An answer of 2xx means that the activities are durable.
import { hash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import type { Clock } from '../core/clock.ts';
import { PipewardenError } from '../core/errors.ts';
import { SECOND } from '../core/time.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { Collector, IngestReport } from './host.ts';
import { type Address, addressesOf, type Push } from './push.ts';
import { answerOf, errorName, refuse, refuseMethod, within } from './receiver/answer.ts';
import { isOfType, parseBody, readBody } from './receiver/body.ts';
import { createDeliveries } from './receiver/deliveries.ts';
import { createResults, RESULTS_DEADLINE, RESULTS_PATH, type ResultsRoute } from './receiver/results.ts';
import { createSlack, SLACK_DEADLINE, SLACK_PATH, type SlackRoute } from './receiver/slack.ts';
import type { Source, SourceRecord } from './source.ts';
import { SOURCES } from './sources/index.ts';

/** GitHub's own maximum, and more than others send: https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap */
const BODY_LIMIT = 25 * 1024 * 1024;
/** Bytes of all bodies in memory: anybody can send some, the signature is checked when they are there. */
const MAX_HELD = 128 * 1024 * 1024;
/** GitHub gives up after 10 s and does not send again by itself. */
const DEADLINE = 9 * SECOND;
const REMEMBERED_DELIVERIES = 50_000;

export interface Route {
  readonly path: string;
  /** Id of a source that can be delivered. */
  readonly source: string;
  /** Current and previous, as they are now: asked for at each delivery. */
  readonly secrets: () => readonly string[];
  /** Bytes. */
  readonly bodyLimit?: number;
}

export interface ReceiverOptions {
  readonly collector: Collector;
  readonly routes: readonly Route[];
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  /** Where CI jobs hand in other tools' reports; nowhere where it is missing. */
  readonly results?: ResultsRoute;
  /** Where Slack tells of its buttons; nowhere where it is missing. */
  readonly slack?: SlackRoute;
  /** Bytes of bodies in memory at once; what comes beyond them is asked to come again. */
  readonly maxHeld?: number;
}

/**
 * Answers `{ "accepted": n }`, n counting activities, or `{ "error": CODE, "message" }`. Of many records in one body some
 * may be refused; they are on the dead-letter list, `refused` counts them, and the answer is still 200.
 */
export function createReceiver(options: ReceiverOptions): Hono {
  const { collector, routes, telemetry, clock, maxHeld = MAX_HELD } = options;
  let held = 0;
  const deliveries = createDeliveries<IngestReport>(REMEMBERED_DELIVERIES);
  const app = new Hono();

  for (const route of routes) {
    const push = pushOf(route.source);
    for (const address of addressesOf(route.path, push)) receiveAt(address, route, push);
  }
  if (options.results) {
    takeAt(RESULTS_PATH, 'results', RESULTS_DEADLINE, createResults(options.results, clock));
  }
  if (options.slack) takeAt(SLACK_PATH, 'slack', SLACK_DEADLINE, createSlack(options.slack, clock));
  app.notFound((context) => {
    const error = new PipewardenError('NOT_FOUND', { what: 'address', id: context.req.path, where: 'this receiver' });
    return refuse(context, answerOf(error));
  });
  return app;

  function receiveAt({ path, ending }: Address, route: Route, push: Push): void {
    app.post(path, async (context) => {
      try {
        return await within(DEADLINE, clock, (signal) =>
          holding((hold) => receive(context, { ...route, ending }, push, signal, hold)),
        );
      } catch (error) {
        return failed(context, route.source, error);
      }
    });
    app.all(path, refuseMethod);
  }

  /** What is no feed of activities: `take` gives the answer, nothing where there is none to give. */
  function takeAt(
    path: string,
    source: string,
    deadline: number,
    take: (context: Context, signal: AbortSignal, hold: (bytes: number) => void) => Promise<object | undefined>,
  ): void {
    app.post(path, async (context) => {
      try {
        const answer = await within(deadline, clock, (signal) => holding((hold) => take(context, signal, hold)));
        return answer === undefined ? context.body(null, 200) : context.json(answer);
      } catch (error) {
        return failed(context, source, error);
      }
    });
    app.all(path, refuseMethod);
  }

  function failed(context: Context, source: string, error: unknown): Response {
    const answer = answerOf(error);
    if (!(error instanceof PipewardenError)) {
      telemetry.log.error('a delivery met an error that nobody foresaw', { error: errorName(error) });
    }
    left(source, answer.error.toLowerCase());
    return refuse(context, answer);
  }

  /** Counts a delivery that the host never saw. */
  function left(source: string, reason: string): void {
    telemetry.metrics.recordsReceived.inc({ source });
    telemetry.metrics.recordsRefused.inc({ source, reason });
  }

  /** Counts what `work` holds, until it ends; `hold` throws when that is too much. */
  async function holding<Result>(work: (hold: (bytes: number) => void) => Promise<Result>): Promise<Result> {
    let ours = 0;
    try {
      return await work((bytes) => {
        ours += bytes;
        held += bytes;
        if (held > maxHeld) throw new PipewardenError('LOG_UNAVAILABLE', { problem: 'too many deliveries at once' });
      });
    } finally {
      held -= ours;
    }
  }

  async function receive(
    context: Context,
    route: Route & Pick<Address, 'ending'>,
    push: Push,
    signal: AbortSignal,
    hold: (bytes: number) => void,
  ): Promise<Response> {
    const { source, secrets, ending, bodyLimit: limit = BODY_LIMIT } = route;
    const header = (name: string) => context.req.header(name);
    const [wanted = ''] = push.proof.headers;
    // Who brings no proof is not listened to.
    if (!push.proof.headers.some(header)) throw new PipewardenError('SIGNATURE_MISSING', { header: wanted });
    const raw = await readBody(context.req.raw, limit, signal, hold);
    push.proof.verify({ header, raw, now: clock.now() }, secrets());
    const event = push.event === undefined ? undefined : header(push.event);
    if (push.event !== undefined && !event) throw invalid(source, `the delivery carries no ${push.event} header`);
    const [type, encoding] = [header('Content-Type'), header('Content-Encoding')];
    const binary = isOfType(type, push.binary?.type) ? push.binary : undefined;
    const decode = binary && ((bytes: Uint8Array) => binary.decode(bytes, ending));
    const body = await parseBody(raw, { source, type, encoding, limit, decode });
    const received_at = clock.now();
    const records = (push.split?.(body) ?? [body]).map(
      (each): SourceRecord => ({ source, received_at, body: each, ...(event !== undefined && { event }) }),
    );
    const ingest = () => collector.ingest(records, signal);

    const delivery = push.delivery?.map(header).find((id) => id !== undefined);
    // The header is not signed: with the body in the key, nobody can claim another body's delivery id.
    const { repeated, answer } = delivery
      ? await deliveries.once(
          `${source} ${delivery} ${hash('sha256', raw)}`,
          ingest,
          ({ refused }) => refused.length === 0,
        )
      : { repeated: false, answer: await ingest() };
    if (repeated) left(route.source, 'repeated');
    const refused = answer?.refused ?? [];
    const [first] = refused;
    // It stands on the dead-letter list, and the host has counted it.
    if (first && refused.length === records.length) {
      return refuse(context, { error: first.code, message: first.message, status: 400 });
    }
    if (binary) return context.body('', 200, { 'Content-Type': binary.type });
    return context.json({
      ...push.answer,
      accepted: answer?.activities ?? 0,
      ...(refused.length > 0 && { refused: refused.length }),
    });
  }
}

function pushOf(id: string): Push {
  const push = SOURCES.find((source: Source) => source.id === id)?.push;
  if (!push) throw new PipewardenError('USAGE', { problem: `${id} cannot be delivered to a receiver` });
  return push;
}

function invalid(source: string, problem: string): PipewardenError {
  return new PipewardenError('RECORD_INVALID', { source, problem });
}
