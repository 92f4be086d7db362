// Definitions are written by whoever can open a pull request. Whatever they are, they are read without a throw, and with
// work that grows no faster than they do: the bounds below are far from both what is allowed and what would be a hang.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffDefinitions } from '../../../services/collector/definitions/diff.ts';
import { readDefinition } from '../../../services/collector/definitions/read.ts';
import { readScript } from '../../../services/collector/definitions/script.ts';
import { sourcesOf } from '../../../services/collector/definitions/shell/flow.ts';
import { parseShell } from '../../../services/collector/definitions/shell/parse.ts';
import { programOf } from '../../../services/collector/definitions/shell/program.ts';
import { loadYaml } from '../../../services/collector/definitions/yaml/load.ts';
import { definitionTargets } from '../../fuzz/targets/definitions.ts';

const PATHS = [
  '.github/workflows/a.yml',
  'action.yml',
  '.gitlab-ci.yml',
  '.circleci/config.yml',
  'Jenkinsfile',
  'config.xml',
];
const MEBIBYTE = 1024 * 1024;

/** How large what is kept became. */
function sizeOf(path: string, source: string): number {
  const delta = diffDefinitions(undefined, readDefinition(path, source));
  return JSON.stringify(delta).length;
}

describe('hostile text', () => {
  const texts: Record<string, string> = {
    nothing: '',
    'no map': '- a\n- b\n',
    'a scalar': 'just words\n',
    'many documents': '---\n'.repeat(1_000),
    'NUL and controls': 'on: pu\0sh\njobs:\u0001\n  a:\n    steps: [{ run: "\u001b[31mx" }]\n',
    'half of a pair': 'name: \ud800\n',
    tabs: 'on:\n\tpush:\njobs:\n\ta:\n\t\tsteps:\n',
    'only carriage returns': 'on: push\rjobs:\r  a: b\r',
    'wrong types everywhere':
      'on: { push: [1], schedule: x }\npermissions: [a]\njobs:\n  a: text\n  b: [list]\n  c: { steps: { a: b }, runs-on: {}, env: 1, container: [], services: x }\n',
    'a list as a key': '? [a, b]\n: c\n',
    'a prototype':
      '__proto__: { a: b }\nconstructor: x\njobs: { __proto__: { steps: [] }, toString: { steps: [{ run: env }] } }\n',
    'an anchor in itself': 'jobs: &a { b: *a, steps: [*a] }\n',
    'an alias of nothing': 'jobs: *nobody\n',
  };

  for (const [name, text] of Object.entries(texts)) {
    it.each(PATHS)(`${name} in %s`, (path) => {
      expect(readDefinition(path, text)).toMatchObject({ path });
    });
  }

  it('may be a line of a mebibyte', () => {
    // One of each grammar.
    for (const path of ['.gitlab-ci.yml', 'Jenkinsfile', 'config.xml']) {
      for (const line of ['x', ' ', '- ', '{', '[', '"', "'", '$(', '`', '<a>', 'a: ', '${{ ', '\\']) {
        expect(sizeOf(path, line.repeat(MEBIBYTE / line.length))).toBeLessThan(4 * MEBIBYTE);
      }
    }
  }, 120_000);

  it('may be nested a thousand times', () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{a: ', '}'],
      ['- ', ''],
      ['<a>', '</a>'],
      ['sh(', ')'],
      ["stage('x') {", '}'],
    ] as const) {
      for (const path of PATHS)
        expect(readDefinition(path, `${open.repeat(1_000)}x${close.repeat(1_000)}`)).toBeDefined();
    }
  });
});

describe('anchors', () => {
  it('cannot make more of a text than it is', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 30; level++) lines.push(`a${level}: &a${level} [${`*a${level - 1}, `.repeat(8)}]`);
    const { roots, problems } = loadYaml(lines.join('\n'));
    expect(roots).toHaveLength(1);
    expect(problems.map(({ message }) => message)).toEqual(['anchors make too much of it: the rest is not read']);
  });

  it('that repeat a long script are read only so often', () => {
    const script = 'curl https://x.example.com; '.repeat(2_000);
    const jobs = Array.from({ length: 2_000 }, (_, index) => `  j${index}: { steps: [*step] }`).join('\n');
    const definition = readDefinition('.github/workflows/a.yml', `x: &step { run: "${script}" }\njobs:\n${jobs}\n`);
    const characters = definition?.scripts.reduce((sum, { text }) => sum + text.length, 0);
    expect(characters).toBeLessThan(3 * MEBIBYTE);
    expect(definition?.problems.length).toBeGreaterThan(0);
  });
});

describe('jobs that share', () => {
  it('are put together only so often', () => {
    const parents = Array.from(
      { length: 10 },
      (_, level) => `.e${level}:\n  extends: [${`.e${level + 1}, `.repeat(200)}]`,
    );
    const definition = readDefinition('.gitlab-ci.yml', `${parents.join('\n')}\njob:\n  extends: .e0\n`);
    expect(definition?.problems.map(({ message }) => message)).toEqual([
      'its jobs extend and refer to too much: the rest is not followed',
    ]);
  });
});

describe('scripts', () => {
  it('keep only so many facts', () => {
    const { network, signs } = readScript('eval "$(curl https://x.example.com)"\n'.repeat(5_000));
    expect(network).toHaveLength(500);
    expect(signs).toHaveLength(500);
  });

  it('within scripts are read only so often', () => {
    const inner = "echo 'echo a | sh | sh | sh | sh | sh | sh' | sh | sh | sh | sh | sh | sh\n".repeat(500);
    expect(readScript(inner).network).toEqual([]);
  });

  it('are not read again for every substitution around them', () => {
    const commands = parseShell('eval "$(wg && bash i.sh\nfi\n'.repeat(500));
    const programs = commands.map(programOf).filter((program) => program !== undefined);
    const looked = programs.reduce((sum, program) => sum + sourcesOf(program).length, 0);
    expect(looked).toBeLessThan(6 * commands.length);
  });
});

describe.each(definitionTargets)('$name', ({ seeds, run }) => {
  const seed = seeds[0] ?? '';

  it('takes its seeds', () => {
    for (const text of seeds) run(text);
  });

  it('takes them mutated', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 20 }),
        fc.constantFrom(
          '\n',
          '\t',
          '\0',
          '"',
          "'",
          '`',
          '${{',
          '}}',
          '$(',
          ')',
          '<<EOF\n',
          '&a ',
          '*a',
          '<![CDATA[',
          '-->',
          '@@ -1 +1 @@',
          '{',
          '}',
        ),
        fc.nat(seed.length).map((start) => seed.slice(start, start + 60)),
      ),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(fc.nat(seed.length), fc.nat(40), pieces, (at, removed, added) => {
        run(seed.slice(0, at) + added.join('') + seed.slice(at + removed));
      }),
      { numRuns: 300 },
    );
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => run(text)),
      { numRuns: 200 },
    );
  });
});

describe('reading', () => {
  it('gives the same for the same text, and no change against itself', () => {
    for (const path of PATHS) {
      for (const { seeds } of definitionTargets) {
        const [first, second] = [readDefinition(path, seeds[0] ?? ''), readDefinition(path, seeds[0] ?? '')];
        expect(first).toEqual(second);
        expect(diffDefinitions(first, second)?.words).toEqual([]);
      }
    }
  });
});
