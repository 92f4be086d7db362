// What joins findings: a record that states two names links what rests on either, and nothing else does.
import { describe, expect, test } from 'vitest';
import { linksOf } from '../../services/analyzer/judge/finding.ts';
import type { ActivityBase } from '../../services/core/activity.ts';
import { activityAt } from '../../services/core/detector-case.ts';

function keysOf(fields: Partial<ActivityBase>): {
  readonly strong: readonly string[];
  readonly weak: readonly string[];
} {
  const links = linksOf(activityAt(1, 'repository', { action: 'renamed' }, { source: 'github.webhook', ...fields }));
  const keys = (weak: boolean) => links.filter((link) => (link.weak === true) === weak).map(({ key }) => key);
  return { strong: keys(false), weak: keys(true) };
}

describe('a finding is linked', () => {
  test('to a person by every name that its record states', () => {
    const actor = { name: 'Mara', id: '7', email: 'mara@acme.example', type: 'person' as const };
    expect(keysOf({ actor }).strong).toEqual(['actor:github:mara', 'actor:github#7', 'actor:mara@acme.example']);
    expect(keysOf({ actor: { ...actor, person: 'mara' } }).strong).toContain('actor:mara');
  });

  test('to a bot, an address and a runner only weakly: many share them', () => {
    const found = keysOf({
      actor: { name: 'dependabot[bot]', type: 'bot' },
      client: { address: '203.0.113.7' },
      cicd: { worker: { name: 'runner-4' } },
    });
    expect(found).toEqual({
      strong: [],
      weak: ['actor:github:dependabot[bot]', 'address:203.0.113.7', 'runner:runner-4'],
    });
  });

  test('to nobody by a display name', () => {
    expect(keysOf({ actor: { name: 'Mara', display: true, type: 'unknown' } })).toEqual({ strong: [], weak: [] });
  });

  test('to its run, its job’s execution and its commit', () => {
    const revision = 'a'.repeat(40);
    expect(
      keysOf({
        vcs: { repository: { name: 'acme/shop' }, ref: { head: { revision } } },
        cicd: { pipeline: { run: { id: '77' }, task: { name: 'build', run: { id: '900' } } } },
      }).strong,
    ).toEqual([
      'run:acme/shop/77',
      'job-run:acme/shop/77#build',
      'job-run:acme/shop/jobs/900',
      'repository:acme/shop',
      `commit:${revision}`,
    ]);
  });

  test('to a credential by all its ids', () => {
    const credential = { id: 'hash', also: ['github:token:42'] };
    expect(keysOf({ credential }).strong).toEqual(['credential:hash', 'credential:github:token:42']);
  });
});
