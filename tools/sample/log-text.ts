// The text of a job's log as GitHub gives it: every line begins with its time to a tenth of a microsecond.
import type { Instant } from '../../services/core/time.ts';
import type { Random } from './random.ts';

export interface LogText {
  line(text: string): void;
  lines(...texts: readonly string[]): void;
  group(title: string, ...texts: readonly string[]): void;
  /** A step's head: what is run, then its shell and environment. */
  run(command: string, env?: readonly string[]): void;
  /** Time passes, in milliseconds. */
  wait(from: number, to: number): void;
  now(): Instant;
  text(): string;
}

export function createLog(start: Instant, random: Random): LogText {
  const written: string[] = [];
  let now = start;
  const log: LogText = {
    line(text) {
      now += random.int(1, 24);
      const ticks = String(random.int(0, 9999)).padStart(4, '0');
      written.push(`${new Date(now).toISOString().slice(0, -1)}${ticks}Z ${text}`);
    },
    lines(...texts) {
      for (const text of texts) log.line(text);
    },
    group(title, ...texts) {
      log.lines(`##[group]${title}`, ...texts, '##[endgroup]');
    },
    run(command, env = []) {
      log.wait(80, 900);
      const rest = env.length > 0 ? ['env:', ...env.map((one) => `  ${one}`)] : [];
      log.group(`Run ${command}`, `\u001b[36;1m${command}\u001b[0m`, 'shell: /usr/bin/bash -e {0}', ...rest);
    },
    wait(from, to) {
      now += random.int(from, to);
    },
    now: () => now,
    text: () => `${written.join('\n')}\n`,
  };
  return log;
}

/** What curl's progress meter writes for a transfer of so many bytes. */
export function curlMeter(log: LogText, bytes: number, direction: 'down' | 'up'): void {
  const size = String(bytes).padStart(5);
  const [down, up] = direction === 'down' ? [`100 ${size}`, '  0     0'] : ['  0     0', `100 ${size}`];
  const speed = String(bytes * 3).padStart(6);
  const speeds = direction === 'down' ? `${speed}      0` : `     0 ${speed}`;
  log.lines(
    '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current',
    '                                 Dload  Upload   Total   Spent    Left  Speed',
    `100 ${size}  ${down}  ${up} ${speeds} --:--:-- --:--:-- --:--:-- ${speed}`,
  );
}
