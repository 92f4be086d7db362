// Runs git on a local clone: never a shell, never the network, never a program that the clone's configuration names.
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { messageOf, PipewardenError } from '../../core/errors.ts';

const SAFE = [
  '--no-pager',
  '--no-replace-objects',
  ...[
    'core.fsmonitor=false',
    'log.showSignature=false',
    'protocol.allow=never',
    'i18n.logOutputEncoding=UTF-8',
  ].flatMap((setting) => ['-c', setting]),
];

/** English messages, no questions, no fetching; and no other repository than the one that is named, as within a hook. */
const ENVIRONMENT = {
  LC_ALL: 'C',
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  GIT_COMMON_DIR: undefined,
  GIT_OBJECT_DIRECTORY: undefined,
  GIT_NAMESPACE: undefined,
};

const MAX_ERROR = 4_096;
/** Exit code of `git config` for a name that is not set. */
const NOT_SET = 1;

/** Standard output in chunks; ends with GIT_FAILED when git does not succeed. `unset: true` takes exit 1 for nothing. */
export async function* git(
  path: string,
  args: readonly string[],
  options: { readonly signal?: AbortSignal | undefined; readonly unset?: boolean } = {},
): AsyncGenerator<Buffer> {
  const child = spawn('git', [...SAFE, '-C', path, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...ENVIRONMENT },
    ...(options.signal && { signal: options.signal }),
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    if (complaint.length < MAX_ERROR) complaint += chunk.toString();
  });
  const ended = new Promise<{ readonly code: number | null; readonly error?: Error }>((resolve) => {
    child.once('error', (error) => resolve({ code: null, error }));
    child.once('close', (code) => resolve({ code }));
  });
  try {
    for await (const chunk of child.stdout) yield chunk;
    const { code, error } = await ended;
    options.signal?.throwIfAborted();
    if (error || (code !== 0 && !(options.unset && code === NOT_SET))) {
      throw new PipewardenError('GIT_FAILED', { path, problem: problemOf(path, error, complaint, code) }, error);
    }
  } finally {
    child.kill();
  }
}

/** What went wrong, and the mend. Only git's first line is told. */
function problemOf(path: string, error: Error | undefined, complaint: string, code: number | null): string {
  if (error && 'code' in error && error.code === 'ENOENT') {
    return 'the program git was not found: install git, or put it on PATH';
  }
  if (error) return messageOf(error);
  if (complaint.includes('dubious ownership')) {
    const folder = /safe\.directory (.+)$/m.exec(complaint)?.[1] ?? resolve(path);
    return `it belongs to another user; run as its owner, or allow it: git config --global --add safe.directory ${folder}`;
  }
  if (complaint.includes('cannot change to')) return 'there is no such folder';
  if (complaint.includes('not a git repository')) return 'it is not a git repository; name the folder of a clone';
  if (/promisor|lazy fetch/.test(complaint)) {
    return 'it is a partial clone that lacks the folders’ lists; clone again without --filter, or with --filter=blob:none';
  }
  const line = complaint.split('\n').find((text) => text.startsWith('fatal:') || text.startsWith('error:'));
  return line ?? `git ended with code ${code}`;
}

/** Pieces between NUL bytes, without the last when it is empty. */
export async function* nulSeparated(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, from)) {
      yield Buffer.concat([...parts, chunk.subarray(from, end)]).toString('utf8');
      parts = [];
      from = end + 1;
    }
    if (from < chunk.length) parts.push(chunk.subarray(from));
  }
  if (parts.length > 0) yield Buffer.concat(parts).toString('utf8');
}
