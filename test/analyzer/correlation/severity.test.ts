// How severe an incident is, from when on, and what its story leaves out.
import { describe, expect, test } from 'vitest';
import { finding } from '../analyzing.ts';
import { incidentsOf, minutes } from './correlating.ts';

describe('severity', () => {
  const links = ['actor:ada'];

  test('is that of the worst finding, from when that came', async () => {
    const [incident] = await incidentsOf(
      finding('a', { links, severity: 'low' }),
      finding('b', { links, severity: 'high', at: 7 }),
    );
    expect(incident?.severity).toBe('high');
    expect(incident?.severities).toEqual([
      { severity: 'low', time: minutes(0) },
      { severity: 'high', time: minutes(7) },
    ]);
    expect(incident?.title).toContain('Title of some-detector');
  });

  test('is one step worse for three findings of which two are medium, whichever came first', async () => {
    const parts = [
      finding('a', { links, severity: 'medium' }),
      finding('b', { links, severity: 'low', at: 2, multiplier: true }),
      finding('c', { links, severity: 'medium', at: 4 }),
    ];
    for (const order of [parts, parts.toReversed()]) {
      const [incident] = await incidentsOf(...order);
      expect(incident?.severities).toEqual([
        { severity: 'medium', time: minutes(0) },
        { severity: 'high', time: minutes(4) },
      ]);
    }
  });

  test('stays where it is with one medium and many low ones', async () => {
    const lows = [1, 2, 3, 4].map((at) => finding(`low ${at}`, { links, severity: 'low', at }));
    const [incident] = await incidentsOf(finding('a', { links }), ...lows);
    expect(incident?.severity).toBe('medium');
  });

  test('stays where it is with two words on one deed and a late hour: on call at night', async () => {
    const [incident] = await incidentsOf(
      finding('a', { detector: 'one', links, activity: 'override' }),
      finding('b', { detector: 'two', links, activity: 'override' }),
      finding('c', { links, severity: 'low', at: 1, multiplier: true }),
    );
    expect(incident?.severity).toBe('medium');
  });

  test('of multipliers alone stays low', async () => {
    const nights = [0, 1, 2, 3].map((at) => finding(`night ${at}`, { links, severity: 'high', at, multiplier: true }));
    const [incident] = await incidentsOf(...nights);
    expect(incident?.severity).toBe('low');
  });
});

describe('a deed that two feeds tell of', () => {
  const links = ['repository:example/app'];
  const removal = (name: string, at: number, source: string) =>
    finding(name, { links, at, source, severity: 'high', detector: 'protection-removed', actor: 'grace' });

  test('is two findings and one line, and counts as one for severity', async () => {
    const [incident] = await incidentsOf(
      removal('by webhook', 0, 'github.webhook'),
      removal('by audit', 2, 'github.audit'),
      finding('another', { links, at: 3 }),
    );
    expect(incident?.findings).toHaveLength(3);
    expect(incident?.story.map(({ text }) => text)).toEqual(['by webhook happened.', 'another happened.']);
    expect(incident?.severity).toBe('high');
  });

  test('the audit log may be the first to tell', async () => {
    const [incident] = await incidentsOf(
      removal('by audit', 2, 'github.audit'),
      removal('by webhook', 0, 'github.webhook'),
    );
    expect(incident?.story.map(({ text }) => text)).toEqual(['by webhook happened.']);
  });

  test('two deeds told by both are two lines', async () => {
    const [incident] = await incidentsOf(
      removal('main by webhook', 0, 'github.webhook'),
      removal('release by webhook', 1, 'github.webhook'),
      removal('main by audit', 2, 'github.audit'),
      removal('release by audit', 3, 'github.audit'),
    );
    expect(incident?.story).toHaveLength(2);
  });

  test('what is told a quarter of an hour later is another deed', async () => {
    const [incident] = await incidentsOf(
      removal('by webhook', 0, 'github.webhook'),
      removal('by audit', 15, 'github.audit'),
    );
    expect(incident?.story).toHaveLength(2);
  });
});

describe('an oddity that was told again because it began earlier', () => {
  const links = ['oddity:some hash'];

  test('is one incident, two findings and one line, from when it began', async () => {
    const [incident, ...others] = await incidentsOf(
      finding('later', { links, at: 7, text: 'It went on.' }),
      finding('earlier', { links, at: 2, text: 'It began.' }),
      finding('another', { links: [...links, 'oddity:another hash'], at: 8, severity: 'low', text: 'Else.' }),
    );
    expect(others).toEqual([]);
    expect(incident?.findings).toHaveLength(3);
    expect(incident?.story.map(({ text }) => text)).toEqual(['It began.', 'Else.']);
    expect(incident?.severities).toEqual([{ severity: 'medium', time: minutes(2) }]);
  });

  test('or because it goes on week after week, is one deed of one incident, no worse for it', async () => {
    const week = 7 * 24 * 60;
    const [incident, ...others] = await incidentsOf(
      ...[0, 1, 2, 3].map((count) => finding(`week ${count}`, { links, at: count * week })),
    );
    expect(others).toEqual([]);
    expect(incident).toMatchObject({ severity: 'medium', updated: minutes(3 * week) });
    expect(incident?.story).toHaveLength(1);
  });

  test('is two lines where it also came more severe', async () => {
    const [incident] = await incidentsOf(
      finding('first', { links, severity: 'low' }),
      finding('second', { links, severity: 'high', at: 3 }),
    );
    expect(incident?.story).toHaveLength(2);
    expect(incident?.severity).toBe('high');
  });
});
