// The line that a backfill writes again and again.
import { expect, test } from 'vitest';
import { createProgress } from '../../services/cli/backfill/progress.ts';
import type { Io } from '../../services/cli/io.ts';
import { DAY, formatInstant } from '../../services/core/time.ts';

const NOW = Date.parse('2026-03-01T00:00:00Z');
const since = formatInstant(NOW - 100 * DAY);

function lineAfter(cursor: unknown, errIsTerminal = true): string {
  let err = '';
  const io: Io = {
    stdin: process.stdin,
    env: {},
    out: () => undefined,
    err: (text) => {
      err += text;
    },
    outIsTerminal: false,
    errIsTerminal,
    style: (_style, text) => text,
  };
  createProgress('github: runs acme', io, { now: () => NOW }).add(1234, JSON.parse(JSON.stringify(cursor)));
  return err.replace('\r\u001B[K', '');
}

test('shows how much of the time is done, and whose', () => {
  expect(lineAfter({ since, place: NOW - 50 * DAY })).toBe(
    `github: runs acme  ${'█'.repeat(10)}${'░'.repeat(10)}  50 %  1,234 records …`,
  );
  expect(lineAfter({ since, place: { name: 'acme/shop', from: NOW - 25 * DAY } })).toBe(
    `github: runs acme  acme/shop  ${'█'.repeat(15)}${'░'.repeat(5)}  75 %  1,234 records …`,
  );
});

test('shows no bar of what is no time, and nothing where nobody looks', () => {
  expect(lineAfter({ since, place: { id: '17', from: 1200 } })).toBe('github: runs acme  17  1,234 records …');
  expect(lineAfter(7)).toBe('github: runs acme  1,234 records …');
  expect(lineAfter({ since, place: NOW }, false)).toBe('');
});
