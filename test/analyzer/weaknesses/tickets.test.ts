// The ticket of a weakness: told before it or after it, by the report or by the ticket, and in whichever partition it is.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { detectors } from '../../../detectors/index.ts';
import { startAnalyzer } from '../../../services/analyzer/analyzer.ts';
import { createTickets } from '../../../services/analyzer/weaknesses/tickets.ts';
import { takeReport } from '../../../services/collector/results/results.ts';
import type { SourceRecord } from '../../../services/collector/source.ts';
import { ticketContradicts } from '../../../services/core/ticket-words.ts';
import { formatInstant, HOUR, MINUTE } from '../../../services/core/time.ts';
import type { Weakness } from '../../../services/core/weakness.ts';
import { createRedactor } from '../../../services/redactor/engine.ts';
import { NOW, startCollecting } from '../../collector/collecting.ts';
import { codeql, type Place, sarifOf, semgrep } from '../../collector/results/reports.ts';
import { startTelling, type TellingTest } from './telling.ts';

const SEARCH: Place = { path: 'src/search.ts', line: 41, code: 'db.query(`select ${name}`)' };
const SITE = 'https://acme.atlassian.net';

interface Said {
  readonly names?: readonly string[];
  readonly category?: string;
  readonly at?: number;
  readonly resolution?: string;
}

function issue(key: string, { names = [], category = 'new', at = NOW, resolution }: Said = {}) {
  const body = {
    id: key,
    key,
    site: SITE,
    fields: {
      labels: names.map((id) => `pipewarden-${id}`),
      status: { name: category === 'done' ? 'Closed' : 'Open', statusCategory: { key: category } },
      resolution: resolution === undefined ? null : { name: resolution },
      resolutiondate: category === 'done' ? formatInstant(at) : null,
      updated: formatInstant(at),
    },
  };
  return { source: 'jira.ticket', body } satisfies Omit<SourceRecord, 'received_at'>;
}

/** A report whose results name tickets. */
function naming(...uris: readonly string[]): object {
  return sarifOf('Semgrep OSS', 'sqli', ['CWE-89'], [SEARCH], () => ({ workItemUris: uris }));
}

describe('one repository', () => {
  let telling: TellingTest;
  beforeEach(async () => {
    telling = await startTelling();
  });
  afterEach(() => telling.close());
  const ticket = () => telling.weaknesses()[0]?.ticket;
  const id = () => telling.weaknesses()[0]?.id ?? '';

  test('a ticket that names it, and its next states; what is older or told again changes nothing', async () => {
    await telling.report(semgrep([SEARCH]));
    await telling.records(issue('SEC-12', { names: [id()] }));
    expect(ticket()).toEqual({
      system: 'jira',
      key: 'SEC-12',
      url: `${SITE}/browse/SEC-12`,
      status: 'Open',
      category: 'open',
      updated: '2026-03-02T10:00:00.000Z',
    });
    const done = issue('SEC-12', { names: [id()], category: 'done', at: NOW + MINUTE, resolution: 'Won’t Do' });
    await telling.records(done);
    expect(ticket()).toMatchObject({ category: 'done', resolution: 'Won’t Do', closed: '2026-03-02T10:01:00.000Z' });
    const before = telling.weaknesses();
    await telling.records(issue('SEC-12', { names: [id()], at: NOW - HOUR }), done);
    telling.restart();
    await telling.records(done, issue('SEC-13', { at: NOW + MINUTE }));
    expect(telling.weaknesses()).toEqual(before);
    // A risk that somebody accepted elsewhere is open here.
    expect(before[0]?.state).toBe('open');
  });

  test.each([`${SITE}/browse/SEC-12`, 'SEC-12', `${SITE}/projects/SEC/issues/SEC-12/`])(
    'a report that names %s, before and after the ticket',
    async (uri) => {
      await telling.records(issue('SEC-12'), issue('OTHER-12'));
      telling.restart();
      await telling.report(naming(uri));
      expect(ticket()?.key).toBe('SEC-12');
      await telling.records(issue('SEC-12', { category: 'indeterminate', at: NOW + MINUTE }));
      expect(ticket()?.category).toBe('in_progress');
      telling.restart();
      await telling.report(semgrep([SEARCH]), { days: 1 });
      expect(ticket()?.category).toBe('in_progress');
    },
  );

  test('a ticket of ServiceNow that a list names by its number, and a report by its address', async () => {
    const record = {
      table: 'incident',
      site: 'https://acme.service-now.com',
      sys_id: '9d385017c611228701d22104cc95c371',
      number: 'INC0010023',
      state: '2',
      active: 'true',
      sys_updated_on: '2026-03-02 10:00:00',
    };
    await telling.records({ source: 'servicenow.ticket', body: record });
    await telling.report('Title,CWE,Path,Line,Ticket\nInjection,89,src/search.ts,41,inc0010023\n', {
      source: 'pentest',
    });
    expect(ticket()).toMatchObject({ system: 'servicenow', key: 'INC0010023', category: 'in_progress' });
    const target = 'https://acme.service-now.com/nav_to.do?uri=incident.do%3Fsys_id%3D9d385017c611228701d22104cc95c371';
    await telling.report(sarifOf('X', 'x', [], [{ path: 'x', line: 1 }], () => ({ workItemUris: [target] })));
    expect(telling.weaknesses().map(({ ticket: its }) => its?.key)).toEqual(['INC0010023', 'INC0010023']);
  });

  test('the same key at another address is another ticket', async () => {
    await telling.report(naming('https://jira.other.example/browse/SEC-12'));
    await telling.records(issue('SEC-12'));
    expect(ticket()).toBeUndefined();
  });

  test('of several the open one is shown; one that no longer names it is gone', async () => {
    await telling.report(semgrep([SEARCH]));
    const names = [id()];
    await telling.records(
      issue('SEC-1', { names, category: 'done', at: NOW + HOUR }),
      issue('SEC-2', { names, category: 'indeterminate' }),
    );
    expect(ticket()?.key).toBe('SEC-2');
    await telling.records(issue('SEC-2', { category: 'indeterminate', at: NOW + MINUTE }));
    expect(ticket()?.key).toBe('SEC-1');
    await telling.records(issue('SEC-1', { at: NOW + 2 * HOUR }));
    expect(telling.weaknesses()[0]).not.toHaveProperty('ticket');
  });

  test('two that turn out to be one keep the tickets of both, also by the name that is gone', async () => {
    await telling.report(codeql([SEARCH]));
    await telling.report(semgrep([SEARCH]));
    const after = { ...SEARCH, line: 42 };
    await telling.report(semgrep([after]), { days: 1 });
    const [first, second] = telling.weaknesses().map((weakness) => weakness.id);
    await telling.records(issue('SEC-7', { names: [second ?? ''] }));
    await telling.report(codeql([after]), { days: 1 });
    expect(telling.weaknesses()).toMatchObject([{ id: first, ticket: { key: 'SEC-7', category: 'open' } }]);
    telling.restart();
    await telling.records(issue('SEC-7', { names: [second ?? ''], category: 'done', at: NOW + MINUTE }));
    expect(ticket()?.category).toBe('done');
  });

  test('where scanners and ticket contradict each other, that is said', async () => {
    const said = () => telling.weaknesses().map(ticketContradicts)[0];
    await telling.report(semgrep([SEARCH]));
    await telling.records(issue('SEC-12', { names: [id()] }));
    expect(said()).toBeUndefined();
    await telling.records(issue('SEC-12', { names: [id()], category: 'done', at: NOW + MINUTE }));
    expect(said()).toBe('ticket closed, not looked for since');
    await telling.report(semgrep([SEARCH]), { days: 1 });
    expect(said()).toBe('ticket closed, still found');
    await telling.report(semgrep([]), { days: 2 });
    expect(said()).toBeUndefined();
    await telling.records(issue('SEC-12', { names: [id()], category: 'indeterminate', at: NOW + 2 * MINUTE }));
    expect(said()).toBe('fixed, ticket still open');
  });
});

describe('in each of the log’s partitions', () => {
  const REPOSITORIES = Array.from({ length: 30 }, (_, index) => `acme/shop-${index}`);
  const redactor = createRedactor({ key: new Uint8Array(32) });

  test.each(['before', 'after', 'among'])('tickets that come %s the weaknesses reach all of them', async (when) => {
    const collecting = await startCollecting();
    const analyzer = await startAnalyzer({ log: collecting.log, detectors, telemetry: collecting.telemetry });
    try {
      const reports = REPOSITORIES.map((repository, index) => async () => {
        const content = Buffer.from(JSON.stringify(naming(`${SITE}/browse/SEC-${index}`)));
        await takeReport({ content, repository, received_at: NOW }, { ...collecting, redactor });
      });
      const tickets = REPOSITORIES.flatMap((_repository, index) =>
        // Newest first.
        (['done', 'new'] as const).map((category, older) => async () => {
          const record = issue(`SEC-${index}`, { category, at: NOW - older * HOUR });
          await collecting.collector.ingest([{ ...record, received_at: NOW }]);
        }),
      );
      const order =
        when === 'before'
          ? [...tickets, ...reports]
          : when === 'after'
            ? [...reports, ...tickets]
            : reports.flatMap((report, index) => [tickets[2 * index], report, tickets[2 * index + 1]]);
      for (const step of order) await step?.();
      await analyzer.caughtUp();
      const newest = new Map<string, Weakness>();
      for (const { value } of await collecting.log.read('weakness', 0, 0, 10_000)) {
        const weakness: Weakness = JSON.parse(value);
        newest.set(weakness.repository ?? '', weakness);
      }
      expect(newest.size).toBe(REPOSITORIES.length);
      for (const [index, repository] of REPOSITORIES.entries()) {
        expect(newest.get(repository)?.ticket).toMatchObject({ key: `SEC-${index}`, category: 'done' });
      }
      // One primary entry each, and one for each partition.
      const entries = (await collecting.entries()).filter(({ activity }) => activity.kind === 'ticket');
      expect(entries.filter(({ primary }) => primary)).toHaveLength(tickets.length);
      expect(entries).toHaveLength(tickets.length * (1 + collecting.log.partitions('activity')));
    } finally {
      await analyzer.close();
      await collecting.close();
    }
  });
});

test('no more tickets than so many wait: the ones told longest ago give way, and that is counted', () => {
  const tickets = createTickets(3);
  const heard = (key: string) => ({ ticket: { system: 'jira', key, updated: '' }, joins: [`ticket ${key}`] });
  for (const key of ['A-1', 'A-2', 'A-3']) tickets.put(heard(key));
  expect(tickets.put(heard('A-1'))).toBe(false);
  tickets.put({ ...heard('A-1'), joins: ['ticket A-1', 'weakness x'] });
  tickets.put(heard('A-4'));
  expect(tickets.joined(['ticket A-2'])).toEqual([]);
  expect(tickets.joined(['weakness x', 'ticket A-1', 'ticket A-4'])).toHaveLength(2);
  const { state, forgotten } = tickets.flush();
  expect(forgotten).toBe(1);
  expect(state.filter(({ value }) => value === null)).toEqual([{ key: 'ticket/jira A-2', value: null }]);
});
