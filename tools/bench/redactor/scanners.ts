// `pipewarden redact` beside the scanners that people use, over the same logs: whole processes, one after the other.
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { table } from '../../reference/markdown.ts';
import { ROOT } from '../../shared.ts';
import { benchLogs } from '../logs.ts';
import { findProgram, machine, versionOf } from '../machine.ts';
import { runWhole, type WholeProcess } from './whole-process.ts';

const SECRETLINT = JSON.stringify({ rules: [{ id: '@secretlint/secretlint-rule-preset-recommend' }] });

/** The exit code that says that something was found. */
const FOUND = 1;
const RUNS = 3;
const ENOUGH_SECONDS = 15;

interface Scanner {
  readonly name: string;
  readonly version: string;
  /** Reads standard input, or the file named. Undefined: it is not here. */
  readonly command: readonly string[] | undefined;
}

function scanners(file: string, folder: string): readonly Scanner[] {
  return [
    { name: '`pipewarden redact`', version: '', command: redactCommand(folder) },
    foreign('gitleaks', 'version', ['stdin', '--no-banner', '--log-level', 'error', '--exit-code', '0']),
    foreign('secretlint', '--version', ['--secretlintrcJSON', SECRETLINT, '--stdinFileName', 'build.log']),
    foreign('ripsecrets', '--version', [file]),
  ];
}

function foreign(name: string, version: string, args: readonly string[]): Scanner {
  const program = findProgram(name);
  if (program === undefined) return { name, version: 'not here', command: undefined };
  return { name, version: versionOf(program, version), command: [program, ...args] };
}

/** As it is published; `folder` is for its key. */
export function redactCommand(folder: string): readonly string[] {
  execFileSync(process.execPath, [join(ROOT, 'tools/build.ts')], { stdio: 'inherit' });
  return [process.execPath, join(ROOT, 'dist/services/pipewarden.js'), 'redact', '--data', folder];
}

export async function scannersTable(): Promise<string> {
  const { what, logs, bytes } = await benchLogs();
  const head = `${what}, as one text; ${machine()}. A program is found by its name on the PATH or by an environment
variable of its name in capitals.\n\n`;
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const file = join(folder, 'build.log');
  writeFileSync(file, Buffer.concat(logs));
  const rows: string[][] = [];
  for (const { name, version, command } of scanners(file, folder)) {
    if (!command) {
      rows.push([name, version, '', '', '']);
      continue;
    }
    const { code, seconds, processor, resident } = await best(command, file);
    const rate = (time: number) => (time > 0 ? (bytes / 1e6 / time).toFixed(1) : '–');
    const isDone = code !== null && code <= FOUND;
    const rates = isDone ? [rate(seconds), rate(processor)] : [`failed: exit code ${code}`, ''];
    rows.push([name, version, ...rates, megabytes(resident)]);
  }
  rmSync(folder, { recursive: true });
  return head + table(['program', 'version', 'MB/s', 'MB per second of processor', 'resident'], rows);
}

/** The fastest of a few runs; of one, where that takes long. */
async function best(command: readonly string[], file: string): Promise<WholeProcess> {
  const runs: WholeProcess[] = [];
  for (let spent = 0; runs.length < RUNS && spent < ENOUGH_SECONDS; ) {
    const input = openSync(file, 'r');
    const run = await runWhole(command, input);
    closeSync(input);
    runs.push(run);
    spent += run.seconds;
  }
  return runs.reduce((fastest, run) => (run.seconds < fastest.seconds ? run : fastest));
}

/** The most that was resident. */
export function megabytes(bytes: number): string {
  return bytes > 0 ? `${(bytes / 1e6).toFixed(0)} MB` : '–';
}
