// A configuration error stops the start, and says where it is and how to mend it.
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { nearest } from '../../services/core/configuration/nearest.ts';
import { parseYaml } from '../../services/core/configuration/parse.ts';
import { resolveSecret, secretReference } from '../../services/core/configuration/secret-reference.ts';

const schema = z.strictObject({
  data: z.string(),
  console: z.strictObject({ port: z.int().min(1).max(65535).default(7117) }).prefault({}),
  destinations: z
    .array(
      z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('stdout') }),
        z.strictObject({ type: z.literal('webhook'), url: z.url(), secret: secretReference }),
      ]),
    )
    .default([]),
});

function problemsOf(text: string): string {
  try {
    parseYaml(schema, text, 'pipewarden.yaml');
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
}

describe('a configuration', () => {
  test('is read, with defaults for what it leaves out', () => {
    expect(parseYaml(schema, 'data: here', 'pipewarden.yaml')).toEqual({
      data: 'here',
      console: { port: 7117 },
      destinations: [],
    });
  });

  test('with a misspelled key names the key that was meant, and where it stands', () => {
    expect(problemsOf('data: here\nconsole:\n  prot: 80\n')).toBe(
      'pipewarden.yaml:3:3: console.prot is not a setting; did you mean port?',
    );
  });

  test('with a key nobody meant lists the known ones', () => {
    expect(problemsOf('data: here\nzzz: 1')).toBe(
      'pipewarden.yaml:2:1: zzz is not a setting; known here: data, console, destinations',
    );
  });

  test('with a value of the wrong type points at the value', () => {
    expect(problemsOf('data: here\nconsole:\n  port: many')).toMatch(/^pipewarden.yaml:3:9: console.port: .*number/);
  });

  test('with a mistake inside a list of several kinds points into the right one', () => {
    expect(
      problemsOf('data: here\ndestinations:\n  - type: webhook\n    url: nowhere\n    secret: ${env:A}\n'),
    ).toMatch(/^pipewarden.yaml:4:10: destinations.0.url: /);
    expect(problemsOf('data: here\ndestinations:\n  - type: stdout\n    urk: x\n')).toMatch(
      /^pipewarden.yaml:4:5: destinations.0.urk is not a setting/,
    );
  });

  test('that lacks something tells what', () => {
    expect(problemsOf('console: {}')).toMatch(/^pipewarden.yaml:1:1: data: /);
  });

  test('that is no YAML tells where it breaks', () => {
    expect(problemsOf('data: [1, 2')).toMatch(/^pipewarden.yaml:1:\d+: /);
  });

  test('with a secret written into it is refused without repeating the secret', () => {
    const message = problemsOf(
      'data: here\ndestinations:\n  - type: webhook\n    url: https://siem.example\n    secret: hunter2hunter2\n',
    );
    expect(message).toMatch(/^pipewarden.yaml:5:13: destinations.0.secret: expected a reference/);
    expect(message).not.toContain('hunter2');
  });
});

describe('a secret reference', () => {
  test('gives what the environment holds', () => {
    expect(resolveSecret('${env:HOOK}', { HOOK: 'value' })).toBe('value');
  });

  test('to nothing says what to set', () => {
    expect(() => resolveSecret('${env:HOOK}', {})).toThrow('the environment variable HOOK is empty or not set');
    expect(() => resolveSecret('${file:/does/not/exist}', {})).toThrow('cannot read the secret');
  });
});

test('the nearest word is a slip away, or there is none', () => {
  expect(nearest('cosnole', ['console', 'collector'])).toBe('console');
  expect(nearest('Data', ['data'])).toBe('data');
  expect(nearest('frobnicate', ['console', 'data'])).toBeUndefined();
});

test('a word of megabytes is near to nothing, and costs nothing', () => {
  expect(nearest('g'.repeat(5_000_000), ['git', 'github.audit'])).toBeUndefined();
});
