// The layout that docs/architecture.md draws, held: imports point one way, errors come from the table, nothing prints.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const LIBRARIES = ['core', 'telemetry', 'redactor', 'adapters'];
const SERVICES = ['collector', 'analyzer', 'responder', 'forwarder', 'console'];

const sources = ['services', 'detectors', 'playbooks'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => ({ file: join(folder, file), text: readFileSync(join(root, folder, file), 'utf8') })),
);

/** The room of a file: `core`, `analyzer`, `detectors`, `cli` … */
function room(file: string): string {
  const [top = '', second = ''] = file.split('/');
  return top === 'services' ? (second.endsWith('.ts') ? 'cli' : second) : top;
}

/** What a room may import beside itself and packages. */
function allowed(from: string): readonly string[] {
  if (from === 'core') return [];
  if (from === 'telemetry' || from === 'redactor') return ['core'];
  if (from === 'adapters') return ['core', 'telemetry'];
  if (from === 'detectors' || from === 'playbooks') return ['core'];
  if (SERVICES.includes(from)) return [...LIBRARIES, 'detectors', 'playbooks'];
  return [...LIBRARIES, ...SERVICES, 'detectors', 'playbooks'];
}

function importsOf(file: string, text: string): readonly string[] {
  return [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, path = '']) =>
    relative(root, resolve(root, dirname(file), path)),
  );
}

test('every file imports only what its room may', () => {
  const strangers = sources.flatMap(({ file, text }) => {
    const from = room(file);
    return importsOf(file, text)
      .filter((to) => room(to) !== from && !allowed(from).includes(room(to)))
      .map((to) => `${file} imports ${to}`);
  });
  expect(strangers).toEqual([]);
});

test('only errors of the table are thrown', () => {
  const plain = sources.filter(({ text }) => /throw new (?:Error|TypeError|RangeError)\b/.test(text));
  expect(plain.map(({ file }) => file)).toEqual([]);
});

test('every file says what it is for, and is of a size that one can read', () => {
  const silent = sources.filter(({ text }) => !/^(?:#!.*\n)?\/[/*]/.test(text));
  const long = sources.filter(({ text }) => text.split('\n').length > 300);
  expect({ silent: silent.map(({ file }) => file), long: long.map(({ file }) => file) }).toEqual({
    silent: [],
    long: [],
  });
});

test('only one file names node:sqlite', () => {
  expect(sources.filter(({ text }) => text.includes("'node:sqlite'")).map(({ file }) => file)).toEqual([
    'services/adapters/sqlite.ts',
  ]);
});
