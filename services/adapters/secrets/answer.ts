// What a manager's answer says, without trust. Of a refusal only a code is told: its text may repeat what it was sent.
import { PipewardenError } from '../../core/errors.ts';
import { isObject, parsedJson } from '../../core/json.ts';
import { type Answer, type Ask, asked, type Request } from './ask.ts';

const CODE = /^[\w.#:-]{1,100}$/;

/** The JSON object of an answer. Rejects with what `refusal` makes of one that is none. */
export async function askJson(ask: Ask, request: Request, signal: AbortSignal): Promise<Record<string, unknown>> {
  const answer = await ask(request, signal);
  const body = jsonIn(answer);
  if (answer.status !== 200) throw refusal(request, answer.status, codeIn(body));
  if (!isObject(body)) throw unexpected(request, 'the answer is no JSON object');
  return body;
}

/** Undefined where it is no JSON. */
export function jsonIn({ text }: Answer): unknown {
  return parsedJson(text);
}

/** As AWS (`__type`), Google (`error.status`), Azure (`error.code`) and OAuth (`error`) tell it. */
export function codeIn(body: unknown): string | undefined {
  if (!isObject(body)) return undefined;
  const { __type: type, error } = body;
  const codes = [type, ...(isObject(error) ? [error.status, error.code] : [error])];
  return codes.find((each) => typeof each === 'string' && CODE.test(each))?.toString();
}

export function refusal(request: Request, status: number, code = 'it does not say why'): PipewardenError {
  const what = asked(request);
  if (status === 429 || status >= 500) return new PipewardenError('API_BUSY', { ...what, status });
  if (status === 401 || status === 403) return new PipewardenError('API_REFUSED', { ...what, status, problem: code });
  if (status === 404) {
    const where = URL.parse(request.url)?.host ?? '';
    return new PipewardenError('NOT_FOUND', { what: 'secret or path', id: what.path, where });
  }
  return unexpected(request, `${status}, ${code}`);
}

export function unexpected(request: Request, problem: string): PipewardenError {
  return new PipewardenError('API_UNEXPECTED', { ...asked(request), problem });
}

/** A text of an answer that has to be there. */
export function textIn(body: Record<string, unknown>, field: string, request: Request): string {
  const value = body[field];
  if (typeof value === 'string' && value !== '') return value;
  throw unexpected(request, `the answer has no ${field}`);
}

/** Seconds of an answer, which some write as text, in milliseconds; undefined where it says none. */
export function secondsIn(body: Record<string, unknown>, field: string): number | undefined {
  const value = Number(body[field] ?? Number.NaN);
  return Number.isFinite(value) && value >= 0 ? value * 1000 : undefined;
}
