// What a sender is answered: what it can mend is said, anything else is ours and worth another try.
import type { Context } from 'hono';
import type { Clock } from '../../core/clock.ts';
import { type ErrorCode, PipewardenError } from '../../core/errors.ts';

const RETRY_AFTER = '10';

const STATUS = {
  SIGNATURE_MISSING: 401,
  SIGNATURE_WRONG: 401,
  SIGNATURE_OLD: 401,
  BODY_TOO_LARGE: 413,
  RECORD_INVALID: 400,
  RECORD_UNKNOWN_SOURCE: 400,
  REPORT_INVALID: 400,
  NOT_FOUND: 404,
  USAGE: 405,
} as const satisfies Partial<Record<ErrorCode, number>>;

export interface Answer {
  readonly error: ErrorCode;
  readonly message: string;
  readonly status: 400 | 401 | 404 | 405 | 413 | 503;
}

export function answerOf(error: unknown): Answer {
  if (error instanceof PipewardenError && isAnswerable(error.code)) {
    return { error: error.code, message: error.message, status: STATUS[error.code] };
  }
  const code = error instanceof PipewardenError ? error.code : 'INTERNAL';
  return { error: code, message: 'the delivery could not be stored: send it again', status: 503 };
}

function isAnswerable(code: ErrorCode): code is keyof typeof STATUS {
  return code in STATUS;
}

export function refuse(context: Context, { error, message, status }: Answer): Response {
  if (status === 503) context.header('Retry-After', RETRY_AFTER);
  return context.json({ error, message }, status);
}

/** To whoever asks a path of deliveries for something else. */
export function refuseMethod(context: Context): Response {
  context.header('Allow', 'POST');
  return refuse(context, answerOf(new PipewardenError('USAGE', { problem: 'deliveries are sent with POST' })));
}

/** Not the message, which may quote the delivery. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/** The work's result, or LOG_UNAVAILABLE when it takes too long; what is then under way may still become durable. */
export async function within<Result>(
  milliseconds: number,
  clock: Clock,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const late = new AbortController();
  const inTime = new AbortController();
  const deadline = clock.sleep(milliseconds, inTime.signal).then(() => {
    throw new PipewardenError('LOG_UNAVAILABLE', { problem: `no answer within ${milliseconds} ms` });
  });
  try {
    return await Promise.race([work(late.signal), deadline]);
  } finally {
    inTime.abort();
    late.abort();
  }
}
