// What correlation tells profiles: to hold what an incident claims, and what a person's verdict makes of it.
import { describe, expect, test } from 'vitest';
import { createCorrelation } from '../../../services/analyzer/correlation/correlation.ts';
import type { FindingRecord, Profiled } from '../../../services/core/finding.ts';
import type { VerdictRecord } from '../../../services/core/incident.ts';
import { finding, idOf } from '../analyzing.ts';
import { minutes } from './correlating.ts';

const PROFILED: Profiled = {
  detector: 'some-detector',
  key: 'repository:example/app',
  profiles: ['job:example/app#test'],
};

function learning(name: string, fields: Parameters<typeof finding>[1]): FindingRecord {
  return { ...finding(name, { links: ['run:1'], ...fields }), profiled: PROFILED };
}

function verdict(of: string, said: VerdictRecord['verdict']): VerdictRecord & { readonly type: 'verdict' } {
  return { type: 'verdict', incident: idOf(of), verdict: said, by: 'ada', reason: 'the exercise', time: minutes(60) };
}

/** What profiles are told, as `word activity`. */
function words(correlation: ReturnType<typeof createCorrelation>): readonly string[] {
  return correlation.flush().words.flatMap(({ key, entry }) => {
    expect(key).toBe(PROFILED.key);
    return entry.activities.map((activity) => `${entry.word} ${activity}`);
  });
}

const activityOf = (record: FindingRecord) => record.finding.activities[0] ?? '';

describe('an incident of medium or more', () => {
  test('holds what its findings rest on, each once, and what repeats them', () => {
    const correlation = createCorrelation();
    const [first, second] = [learning('a', {}), learning('b', { at: 3 })];
    correlation.take({ type: 'finding', ...first });
    expect(words(correlation)).toEqual([`hold ${activityOf(first)}`]);
    correlation.take({ type: 'finding', ...second });
    expect(words(correlation)).toEqual([`hold ${activityOf(second)}`]);
    correlation.take({ type: 'repeat', finding: first.finding.id, activity: 'again', ...PROFILED });
    expect(words(correlation)).toEqual(['hold again']);
  });

  test('holds what was low before it became one', () => {
    const correlation = createCorrelation();
    const [low, medium] = [learning('a', { severity: 'low' }), learning('b', { at: 3 })];
    correlation.take({ type: 'finding', ...low });
    expect(words(correlation)).toEqual([]);
    correlation.take({ type: 'finding', ...medium });
    expect(words(correlation).toSorted()).toEqual([low, medium].map((each) => `hold ${activityOf(each)}`).toSorted());
  });
});

describe('a verdict', () => {
  function closed(said: VerdictRecord['verdict']) {
    const correlation = createCorrelation();
    const record = learning('a', {});
    correlation.take({ type: 'finding', ...record });
    correlation.flush();
    correlation.take(verdict('a', said));
    return { correlation, record };
  }

  test.each(['expected', 'false-positive'] as const)('of %s teaches at once', (said) => {
    const { correlation, record } = closed(said);
    expect(words(correlation)).toEqual([`teach ${activityOf(record)}`]);
  });

  test('of malicious teaches nothing', () => {
    const { correlation, record } = closed('malicious');
    expect(words(correlation)).toEqual([`hold ${activityOf(record)}`]);
  });

  test('that is taken back opens the incident again, and what it taught is held', () => {
    const { correlation, record } = closed('expected');
    correlation.flush();
    correlation.take(verdict('a', 'taken-back'));
    const { incidents, words: told } = correlation.flush();
    expect(incidents[0]).toMatchObject({ status: 'open', revision: 3 });
    expect(incidents[0]).not.toHaveProperty('verdict');
    expect(told.map(({ entry }) => [entry.word, ...entry.activities])).toEqual([['hold', activityOf(record)]]);
  });

  test('is remembered over a restart', () => {
    const { correlation } = closed('expected');
    const second = createCorrelation();
    for (const { key, value } of correlation.flush().state) if (value !== null) second.restore({ key, value });
    second.take(verdict('a', 'taken-back'));
    expect(words(second)).toHaveLength(1);
  });
});
