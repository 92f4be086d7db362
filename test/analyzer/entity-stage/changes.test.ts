// A reviewed change explains what its runs do; one that nobody else agreed to explains nothing.
import { describe, expect, test } from 'vitest';
import type { Activity } from '../../../services/core/activity.ts';
import { activityAt } from '../../../services/core/detector-case.ts';
import { DAY, HOUR } from '../../../services/core/time.ts';
import { START, staging } from './staging.ts';

const MERGED = 'c'.repeat(40);
const vcs = (more: NonNullable<Activity['vcs']> = {}) => ({
  provider: { name: 'github' },
  repository: { name: 'example/app' },
  ...more,
});

function merge(by: string, author = 'mara'): Activity {
  return activityAt(
    START,
    'change',
    { action: 'closed', author, merged: true, merge_revision: MERGED },
    {
      source: 'github.webhook',
      actor: { name: by, type: 'person' },
      vcs: vcs({ change: { id: '12', title: 'Draw charts' }, ref: { base: { name: 'main' } } }),
    },
  );
}

function review(by: string, verdict = 'approved'): Activity {
  return activityAt(
    START - HOUR,
    'review',
    { action: 'submitted', verdict, author: 'mara' },
    { source: 'github.webhook', actor: { name: by, type: 'person' }, vcs: vcs({ change: { id: '12' } }) },
  );
}

function push(path: string): Activity {
  return activityAt(
    START,
    'push',
    { created: false, deleted: false, commits: 1, paths: { added: [], modified: [path], removed: [] } },
    { source: 'github.webhook', vcs: vcs({ ref: { head: { name: 'main', revision: MERGED } } }) },
  );
}

function run(after: number, ref: string, revision: string): Activity {
  return activityAt(
    START + after,
    'run',
    { action: 'requested' },
    {
      source: 'github.webhook',
      vcs: vcs({ ref: { head: { name: ref, revision } } }),
      cicd: { pipeline: { name: 'build', run: { id: String(after) } } },
    },
  );
}

function explanationOf(...activities: readonly Activity[]) {
  const { take, seen } = staging(['run']);
  take(...activities);
  return seen.at(-1)?.context.explanation;
}

describe('what a run does differently', () => {
  test('is explained by the change that it is the first run of', () => {
    const found = explanationOf(merge('ada'), push('package-lock.json'), run(HOUR, 'main', MERGED));
    expect(found).toMatchObject({ change: '12', title: 'Draw charts', reviewer: 'ada', paths: ['package-lock.json'] });
  });

  test('… in whichever order they come', () => {
    expect(explanationOf(push('package-lock.json'), merge('ada'), run(HOUR, 'main', MERGED))).toBeDefined();
  });

  test('… and for a day in all runs of the branch it went into', () => {
    const later = (after: number, ref: string) =>
      explanationOf(merge('ada'), push('.github/workflows/ci.yml'), run(after, ref, 'd'.repeat(40)));
    expect(later(20 * HOUR, 'main')).toBeDefined();
    expect(later(2 * DAY, 'main')).toBeUndefined();
    expect(later(HOUR, 'feature')).toBeUndefined();
  });

  test('… where the author merged it, because somebody else had approved', () => {
    expect(explanationOf(review('ada'), merge('mara'), push('go.sum'), run(HOUR, 'main', MERGED))).toMatchObject({
      reviewer: 'ada',
    });
  });

  test.each([
    ['nobody else agreed to it', [merge('mara'), push('go.sum')]],
    ['the review asked for changes', [review('ada', 'changes_requested'), merge('mara'), push('go.sum')]],
    ['it touches nothing of the kind', [merge('ada'), push('src/main.ts')]],
    ['it was pushed and not merged', [push('go.sum')]],
  ])('is not explained by a change where %s', (_why, before) => {
    expect(explanationOf(...before, run(HOUR, 'main', MERGED))).toBeUndefined();
  });
});
