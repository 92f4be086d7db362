// Playbooks are files that people write: the shipped ones load, and a mistake is shown where it was made.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { detectors } from '../../detectors/index.ts';
import { ACTIONS } from '../../playbooks/actions/index.ts';
import { loadPlaybooks } from '../../playbooks/load.ts';
import { PipewardenError } from '../../services/core/errors.ts';
import { actionsOf } from '../../services/responder/plan.ts';

const SHIPPED = fileURLToPath(new URL('../../playbooks', import.meta.url));

describe('the shipped playbooks', () => {
  const playbooks = loadPlaybooks(SHIPPED);
  const steps = playbooks.flatMap(({ id, steps }) => steps.map((step) => ({ id, ...step })));

  test('do unasked only what can be undone, keep what shows of runs, and stop them', () => {
    const unasked = steps.filter(({ approval }) => approval === null || approval.unless === 'reversible');
    const bold = unasked.filter(
      ({ action, approval }) =>
        approval === null && actionsOf(action, ACTIONS).some(({ action: { reversible } }) => !reversible),
    );
    expect(bold.map(({ id, action }) => `${id}: ${action}`)).toEqual([
      'contain-run: capture-evidence',
      'contain-run: cancel-run',
    ]);
  });

  test('take no credential away before a machine that uses it is cut off, where one is cut off', () => {
    const early = steps.filter(
      ({ id, action, after }) =>
        action === 'revoke-credential' && id !== 'insider' && !after.includes('isolate-runner'),
    );
    expect(early).toEqual([]);
  });

  test('name detectors that exist', () => {
    const known = new Set(detectors.map(({ id }) => id));
    const named = playbooks.flatMap(({ when }) => when.detectors ?? []);
    expect(named.filter((id) => !known.has(id))).toEqual([]);
    expect(new Set(named).size).toBeGreaterThan(20);
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
