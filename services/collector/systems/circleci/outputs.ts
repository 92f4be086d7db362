// What the steps of a job wrote, when the job has ended: one text in the order of the steps.
// https://circleci.com/docs/api/v1/#single-job
import { isObject, parsedJson } from '../../../core/json.ts';
import { flag, list, text } from '../../fields.ts';
import type { Client } from '../client.ts';
import { finishedLog } from '../logs.ts';
import type { Pull, Surroundings } from '../system.ts';

/** Bytes of one step's output that are taken apart; more is read as it is. */
const MOST = 16 * 1024 * 1024;
const NEWLINE = 0x0a;

export function outputPull(organizations: readonly string[], api: Client, surroundings: Surroundings): Pull {
  const watched = organizations.map((slug) => `${shortened(slug)}/`);

  async function* outputs(path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const { body } = await api.get(path, signal);
    for (const step of list(body, 'steps')) {
      for (const action of list(step, 'actions')) {
        const address = text(action, 'output_url');
        if (address === undefined || flag(action, 'has_output') === false) continue;
        // It proves itself by its address, which is not ours to keep.
        const { bytes } = await api.at(address, signal, { headers: { accept: '*/*' } });
        yield* output(bytes());
      }
    }
  }

  return {
    name: 'job-log',
    source: 'circleci.job-log',
    wanted({ source, kind, vcs, cicd, record }) {
      if (source !== 'circleci.webhook' || kind !== 'job') return undefined;
      const repository = vcs?.repository?.name;
      const slug = shortened(text(record, 'project', 'slug') ?? '');
      const { run, task } = cicd?.pipeline ?? {};
      const number = task?.run?.id;
      // A job without a number wrote nothing: somebody had to approve it.
      if (repository === undefined || number === undefined || !/^\d+$/.test(number)) return undefined;
      if (task?.run?.result === 'skip' || !watched.some((own) => slug.startsWith(own))) return undefined;
      return { slug, repository, job: number, name: task?.name ?? '', ...(run && { run: run.id }) };
    },
    read({ slug = '', repository = '', run, job = '', name = '' }, cursor, signal) {
      const whose = { source: 'circleci.job-log', repository, job: name, ...(run !== undefined && { run_id: run }) };
      return finishedLog(outputs(`/v1.1/project/${slug}/${job}`, signal), whose, cursor, surroundings);
    },
  };
}

/** `github/acme` is `gh/acme`. https://circleci.com/docs/guides/toolkit/api-developers-guide/#project-slug */
function shortened(slug: string): string {
  return slug.replace(/^github\//, 'gh/').replace(/^bitbucket\//, 'bb/');
}

/** Its messages, one behind the other; what is no list of messages is text. */
async function* output(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let size = 0;
  let last: number | undefined;
  for await (const piece of bytes) {
    held.push(piece);
    size += piece.length;
    last = piece.at(-1) ?? last;
    if (size <= MOST) continue;
    yield Buffer.concat(held);
    held = [];
  }
  const whole = Buffer.concat(held);
  const messages = size <= MOST ? messagesIn(whole.toString('utf8')) : undefined;
  yield messages === undefined ? whole : Buffer.from(messages);
  // The next step begins on a line of its own.
  const ended =
    messages === undefined ? last === undefined || last === NEWLINE : messages === '' || messages.endsWith('\n');
  if (!ended) yield Buffer.from('\n');
}

function messagesIn(body: string): string | undefined {
  const entries = parsedJson(body);
  if (!Array.isArray(entries) || !entries.every((each) => isObject(each) && 'message' in each)) return undefined;
  return entries.map((each) => (isObject(each) && typeof each.message === 'string' ? each.message : '')).join('');
}
