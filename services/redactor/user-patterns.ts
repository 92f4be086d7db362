// Kinds of the user's own, from a file. Their expressions run on an engine that takes linear time whatever they are
// (RE2's syntax, https://github.com/google/re2/wiki/Syntax), so nobody can stop a stream with one.
import { RE2JS } from 're2js';
import { z } from 'zod';
import { parseYaml } from '../core/configuration/parse.ts';
import { messageOf, PipewardenError } from '../core/errors.ts';
import type { Finder, Pattern } from './pattern.ts';
import { entropy, isPlaceholder } from './plausible.ts';

/** Lines of any log: what matches these is no kind of secret. */
const ORDINARY = [
  'npm warn deprecated glob@7.2.3: versions prior to v9 are no longer supported',
  '2026-03-01T10:00:00.0000000Z ##[group]Run actions/checkout@v4',
  'Successfully built 3f2a9c1d7e5b and tagged registry.example.com/app:1.4.2',
  'ok 17 - parses an empty document (3 ms)',
  'From https://github.com/octo-org/octo-repo * branch main -> FETCH_HEAD',
  '[INFO] BUILD SUCCESS, total time 01:12 min, finished at 2026-03-01T10:00:00Z',
];

const keyword = z
  .string()
  .min(3)
  .regex(/^[\x21-\x7e ]+$/, 'expected printable ASCII');

const UserPattern = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,63}$/, 'expected lower-case letters, digits and -, beginning with a letter'),
  title: z.string().min(1),
  expression: z
    .string()
    .min(1)
    .regex(/^[\x20-\x7e]+$/, 'expected ASCII; write \\x{e9} for é'),
  keywords: z.array(keyword).min(1),
  shortest: z.int().min(4).default(8),
  entropy: z.number().min(0).max(8).default(0),
});

const File = z.strictObject({ patterns: z.array(UserPattern).min(1) });

/**
 * The kinds of a YAML (or JSON) file: `patterns: [{ id, title, expression, keywords, shortest?, entropy? }]`. Where the
 * expression has a group, the first one is the secret, and what stands around it stays. `keywords`: a line is looked at
 * only if it holds one, in any case of letters. `entropy`: least Shannon entropy, in bits a character.
 * `known`: ids that are taken. Throws CONFIG_INVALID.
 */
export function parseUserPatterns(text: string, file: string, known: ReadonlySet<string>): readonly Pattern[] {
  const taken = new Set(known);
  return parseYaml(File, text, file).patterns.map((row, index) => {
    const wrong = (problem: string) =>
      new PipewardenError('CONFIG_INVALID', { problems: `${file}: patterns.${index} (${row.id}): ${problem}` });
    if (taken.has(row.id)) throw wrong('there is a kind of that name already');
    taken.add(row.id);
    const finder = compile(row.expression, wrong);
    if (finder.find('', 0)) throw wrong('the expression matches the empty text');
    if (ORDINARY.some((line) => finder.find(line, 0))) throw wrong('the expression matches ordinary lines of a log');
    return {
      id: row.id,
      provider: 'yours',
      title: row.title,
      source: file,
      keywords: row.keywords.map((word) => word.toLowerCase()),
      search: 'line',
      secret: finder,
      shortest: row.shortest,
      accepts: (secret) => !isPlaceholder(secret) && entropy(secret) >= row.entropy,
      prefixed: true,
      example: () => ({ secret: '', text: '' }),
    };
  });
}

function compile(expression: string, wrong: (problem: string) => PipewardenError): Finder {
  const compiled = tryCompile(expression, wrong);
  const group = compiled.groupCount() > 0 ? 1 : 0;
  return {
    find(text, from) {
      const matcher = compiled.matcher(text);
      if (!matcher.find(from)) return undefined;
      const start = matcher.start(group);
      // A group that took no part in the match: the whole is the secret.
      return start < 0 ? { start: matcher.start(), end: matcher.end() } : { start, end: matcher.end(group) };
    },
  };
}

function tryCompile(expression: string, wrong: (problem: string) => PipewardenError): RE2JS {
  try {
    return RE2JS.compile(expression);
  } catch (error) {
    throw wrong(`the expression cannot be read: ${messageOf(error)}`);
  }
}
