// How whoever wrote something stands to the repository.
import { describe, expect, test } from 'vitest';
import type { Activity, ActivityDetails } from '../../../services/core/activity.ts';
import { activityAt } from '../../../services/core/detector-case.ts';
import { isFromFork, isStranger, relationOf } from '../../../services/core/identity/relation.ts';

function change(detail: Partial<ActivityDetails['change']>, bot = false): Activity {
  const actor = { name: 'somebody', type: bot ? ('bot' as const) : ('person' as const) };
  return activityAt(1, 'change', { action: 'opened', ...detail }, { actor });
}

describe('on GitHub', () => {
  test.each([
    ['OWNER', 'owner', false],
    ['MEMBER', 'member', false],
    ['COLLABORATOR', 'member', false],
    ['CONTRIBUTOR', 'contributor', false],
    ['FIRST_TIME_CONTRIBUTOR', 'first-time', true],
    ['FIRST_TIMER', 'first-time', true],
    ['NONE', 'none', true],
    ['MANNEQUIN', 'unknown', undefined],
    ['SOMETHING_NEW', 'unknown', undefined],
  ])('%s is %s', (author_association, relation, stranger) => {
    const opened = change({ author_association, from_fork: true });
    expect(relationOf(opened)).toBe(relation);
    expect(isStranger(opened)).toBe(stranger);
  });

  test('who pushed into the repository itself may do so, though membership is private', () => {
    const opened = change({ author_association: 'NONE', from_fork: false });
    expect(relationOf(opened)).toBe('member');
    expect(isStranger(opened)).toBe(false);
    expect(relationOf(change({ author_association: 'OWNER', from_fork: false }))).toBe('owner');
  });

  test('an app is no stranger by its own change; by touching a stranger’s it makes nothing of it', () => {
    expect(isStranger(change({ author_association: 'NONE' }, true))).toBe(false);
    expect(isStranger(change({ author_association: 'NONE', action: 'labeled' }, true))).toBe(true);
  });
});

describe('where no word for it is told', () => {
  test('a change of the repository’s own branches is a member’s', () => {
    expect(relationOf(change({ from_fork: false }))).toBe('member');
  });

  test('a fork alone says nothing: members have forks too', () => {
    expect(isFromFork(change({ from_fork: true }))).toBe(true);
    expect(isStranger(change({ from_fork: true }))).toBeUndefined();
  });

  test('nothing is made up', () => {
    expect(relationOf(change({}))).toBe('unknown');
    expect(isStranger(activityAt(1, 'runner', { action: 'created' }))).toBeUndefined();
    expect(isFromFork(activityAt(1, 'runner', { action: 'created' }))).toBeUndefined();
  });
});
