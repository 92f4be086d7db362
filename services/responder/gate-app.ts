// `GET /v1/gate`: asked by whatever deploys, before it does. With a bearer token, because the answer tells of incidents.
import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import { messageOf } from '../core/errors.ts';
import type { DocumentStore } from '../core/ports/document-store.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { type GatePolicy, gateAnswer } from './gate.ts';

export interface GateOptions {
  readonly store: DocumentStore;
  readonly policy: GatePolicy;
  /** As they are now. */
  readonly tokens: () => readonly string[];
  readonly telemetry: Telemetry;
}

const Question = z.strictObject({
  repository: z.string().min(1).max(300),
  sha: z
    .string()
    .regex(/^(?:[0-9a-fA-F]{40}|[0-9a-fA-F]{64})$/, 'expected a commit in full')
    .optional(),
  run: z.string().min(1).max(100).optional(),
  environment: z.string().min(1).max(200).optional(),
});

/** Answers 200 whether or not it is allowed; 400 and 401 say that nothing was asked. */
export function gateApp({ store, policy, tokens, telemetry }: GateOptions): Hono {
  const app = new Hono();
  app.get('/v1/gate', async (context) => {
    context.header('cache-control', 'no-store');
    const given = /^Bearer ([\x21-\x7e]{1,500})$/.exec(context.req.header('authorization') ?? '')?.[1];
    if (given === undefined || !isOneOf(given, tokens()))
      return context.json({ problem: 'a bearer token is needed' }, 401);
    const question = Question.safeParse(context.req.query());
    if (!question.success) return context.json({ problem: z.prettifyError(question.error) }, 400);
    const { sha, run, environment, repository } = question.data;
    const asked = { repository, ...(sha && { sha }), ...(run && { run }), ...(environment && { environment }) };
    const answer = await gateAnswer(store, asked, policy, (error) =>
      telemetry.log.error('The gate could not ask for incidents', { component: 'gate', error: messageOf(error) }),
    );
    const outcome = answer.unknown ? 'unknown' : answer.allowed ? 'allowed' : 'held';
    telemetry.metrics.gateAnswers.inc({ outcome });
    return context.json(answer);
  });
  return app;
}

/** Compared by their hashes, so that neither content nor length shows in the time. */
function isOneOf(given: string, tokens: readonly string[]): boolean {
  const own = hashOf(given);
  return tokens.map(hashOf).filter((hash) => timingSafeEqual(hash, own)).length > 0;
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
