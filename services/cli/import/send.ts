// A report handed to a collector elsewhere, as a CI job does with curl.
import { z } from 'zod';
import { RESULTS_DEADLINE, RESULTS_PATH } from '../../collector/receiver/results.ts';
import type { TakenReport } from '../../collector/results/results.ts';
import { messageOf, PipewardenError } from '../../core/errors.ts';
import type { Io } from '../io.ts';

export type Taken = TakenReport;
/** The parameters of `POST /v1/results`. */
export type Context = Readonly<Record<string, string | boolean>>;

const TOKEN = 'PIPEWARDEN_RESULTS_TOKEN';

const Answer = z.object({
  report: z.string(),
  source: z.string(),
  tools: z.array(z.string()),
  findings: z.number(),
  refused: z.number(),
});
const Refusal = z.object({ message: z.string() });

/** Throws USAGE, API_UNREACHABLE, API_BUSY (send it again) or API_REFUSED. */
export async function sendReport(content: Buffer, context: Context, to: string, { env }: Io): Promise<Taken> {
  const token = env[TOKEN];
  if (!token) throw new PipewardenError('USAGE', { problem: `--to needs the token of the collector in ${TOKEN}` });
  const url = addressOf(to);
  for (const [name, value] of Object.entries(context)) url.searchParams.set(name, String(value));
  const call = { method: 'POST', path: url.pathname };
  const response = await fetch(url, {
    method: 'POST',
    body: new Uint8Array(content),
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
    redirect: 'error',
    signal: AbortSignal.timeout(RESULTS_DEADLINE),
  }).catch((error: unknown) => {
    throw new PipewardenError('API_UNREACHABLE', { ...call, problem: messageOf(error) }, error);
  });
  const said: unknown = await response.json().catch(() => undefined);
  const answer = Answer.safeParse(said);
  if (response.ok && answer.success) return answer.data;
  const { status } = response;
  if (status === 429 || status >= 500) throw new PipewardenError('API_BUSY', { ...call, status });
  const problem = Refusal.safeParse(said).data?.message ?? 'the answer is none of a Pipewarden';
  throw new PipewardenError('API_REFUSED', { ...call, status, problem });
}

function addressOf(to: string): URL {
  const url = URL.parse(to);
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new PipewardenError('USAGE', { problem: '--to takes an address like https://pipewarden.example' });
  }
  if (!url.pathname.endsWith(RESULTS_PATH)) url.pathname = url.pathname.replace(/\/$/, '') + RESULTS_PATH;
  return url;
}
