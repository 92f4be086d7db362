// Playbooks are files that people write: the shipped ones load, and a mistake is shown where it was made.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadPlaybooks } from '../../playbooks/load.ts';
import { PipewardenError } from '../../services/core/errors.ts';

const SHIPPED = fileURLToPath(new URL('../../playbooks', import.meta.url));

describe('the shipped playbooks', () => {
  test('stop a run without asking, and ask one person before a branch is frozen', () => {
    const playbooks = loadPlaybooks(SHIPPED);
    expect(playbooks.map(({ id, steps }) => ({ id, steps }))).toMatchObject([
      {
        id: 'contain-run',
        steps: [
          { action: 'github.cancel-run', approval: null },
          { action: 'github.disable-workflow', approval: null },
        ],
      },
      { id: 'freeze-branch', steps: [{ action: 'github.freeze-branch', approval: { people: 1 } }] },
    ]);
  });
});

describe('a playbook with a mistake', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'playbooks-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const good = [
    'version: 1',
    'title: Stop it',
    'description: Stops it.',
    'when:',
    '  severity: high',
    '  entities: [run]',
    'steps:',
    '  - action: github.cancel-run',
  ];

  async function problemsOf(lines: readonly string[], name = 'stop-it.yaml'): Promise<string> {
    await writeFile(join(folder, name), lines.join('\n'));
    try {
      return `loaded ${loadPlaybooks(folder).length}`;
    } catch (error) {
      if (error instanceof PipewardenError) return `${error.code} ${error.message.replaceAll(join(folder, '/'), '')}`;
      throw error;
    }
  }

  test('loads when there is none', async () => {
    expect(await problemsOf(good)).toBe('loaded 1');
  });

  test('is shown by file, line and column', async () => {
    expect(await problemsOf(good.with(7, '  - action: github.cancel-rum'))).toBe(
      'CONFIG_INVALID stop-it.yaml:8:13: steps.0.action: no action is called github.cancel-rum; did you mean github.cancel-run?',
    );
    expect(await problemsOf(good.with(4, '  severity: hihg'))).toContain(
      'CONFIG_INVALID stop-it.yaml:5:13: when.severity',
    );
    expect(await problemsOf([...good, '    aproval: null'])).toContain('stop-it.yaml:9:5: ');
    expect(await problemsOf(good.slice(0, 6))).toContain('steps');
    expect(await problemsOf(['version: [1'])).toContain('CONFIG_INVALID stop-it.yaml:');
    expect(await problemsOf([])).toContain('CONFIG_INVALID stop-it.yaml:1:1: ');
  });

  test('and so are those of several files at once', async () => {
    await writeFile(join(folder, 'another.yaml'), 'version: 0\n');
    const problems = await problemsOf(good.with(7, '  - action: 7'));
    expect(problems).toContain('another.yaml:1:10: version');
    expect(problems).toContain('stop-it.yaml:8:13: steps.0.action');
  });

  test('by its file name, which is its id', async () => {
    expect(await problemsOf(good, 'Stop It.yaml')).toContain('Stop It.yaml:1:1: ');
  });

  test('says so when the folder cannot be read', () => {
    expect(() => loadPlaybooks(join(folder, 'missing'))).toThrow(/cannot read the configuration .*missing/);
  });
});
