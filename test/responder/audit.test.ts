// The audit trail: one numbered chain, in which a change, a gap, a repeat or another order is found.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AuditEntry, type ChainedAuditEntry, chain } from '../../services/core/audit.ts';
import { systemClock } from '../../services/core/clock.ts';
import { contentId } from '../../services/core/json.ts';
import type { Consumer } from '../../services/core/ports/event-log.ts';
import { chainDecisions } from '../../services/responder/audit-chain.ts';
import { readChain, verifyChain } from '../../services/responder/audit-verify.ts';
import { createTelemetry } from '../../services/telemetry/telemetry.ts';
import { openSite, type Site } from './support.ts';

let site: Site;
let consumer: Consumer;

beforeEach(async () => {
  site = await openSite();
  consumer = await subscribe();
});
afterEach(async () => {
  await consumer.close();
  await site.close();
});

async function subscribe(): Promise<Consumer> {
  return await site.log.subscribe(chainDecisions(createTelemetry('silent'), systemClock));
}

function entry(n: number): AuditEntry {
  const time = new Date(Date.parse('2026-03-01T10:00:00Z') + n).toISOString();
  const detail = { z: n, a: [null, 'text'], gone: undefined };
  return {
    id: contentId('entry', n),
    time,
    actor: 'mara',
    action: 'step.approved',
    subject: 'run',
    outcome: 'success',
    detail,
  };
}

async function decide(...numbers: readonly number[]): Promise<void> {
  await site.log.append(
    'decision',
    numbers.map((n) => ({ key: 'run', value: JSON.stringify(entry(n)) })),
  );
  await consumer.caughtUp();
}

async function trail(): Promise<ChainedAuditEntry[]> {
  const entries: ChainedAuditEntry[] = [];
  for await (const one of readChain(site.log)) entries.push(one);
  return entries;
}

async function* feed(entries: readonly ChainedAuditEntry[]) {
  yield* entries;
}

describe('the chain', () => {
  test('is numbered from one without gaps, drops repeats, and goes on after a restart', async () => {
    await decide(1, 2, 2, 1);
    await consumer.close();
    consumer = await subscribe();
    await decide(2, 3);
    const entries = await trail();
    expect(entries.map(({ number, entry: { id } }) => [number, id])).toEqual(
      [1, 2, 3].map((n) => [n, contentId('entry', n)]),
    );
    expect(await verifyChain(feed(entries))).toMatchObject({ ok: true, entries: 3, head: { number: 3 } });
  });

  test.each(['no JSON', '{"id":"x"}', JSON.stringify({ ...entry(9), outcome: 'perhaps' })])(
    'leaves out what is no decision, and says so among the dead letters: %s',
    async (value) => {
      await site.log.append('decision', [{ key: 'run', value }]);
      await decide(1);
      expect(await verifyChain(readChain(site.log))).toMatchObject({ ok: true, entries: 1 });
      const [letter] = await site.log.read('dead-letter', 0, 0, 10);
      expect(JSON.parse(letter?.value ?? '')).toMatchObject({ component: 'audit-chain', origin: 'decision/0/0' });
    },
  );

  test('of nothing holds', async () => {
    expect(await verifyChain(readChain(site.log))).toMatchObject({ ok: true, entries: 0 });
  });
});

describe('a chain that somebody has been at', () => {
  async function check(
    change: (entries: readonly ChainedAuditEntry[]) => readonly ChainedAuditEntry[],
  ): Promise<unknown> {
    await decide(1, 2, 3, 4, 5);
    const { ok, problem } = await verifyChain(feed(change(await trail())));
    return ok || problem;
  }

  function rewritten(one: ChainedAuditEntry | undefined, own: Partial<AuditEntry>): ChainedAuditEntry {
    if (!one) throw new Error('no such entry');
    return { ...one, entry: { ...one.entry, ...own } };
  }

  test('shows a changed entry', async () => {
    expect(await check((all) => all.with(2, rewritten(all[2], { actor: 'nobody' })))).toBe('entry 3: it was changed');
  });

  test('shows a changed entry whose hash was made to fit', async () => {
    const forged = (all: readonly ChainedAuditEntry[]) => {
      const { number, previous, entry: own } = rewritten(all[2], { actor: 'nobody' });
      return all.with(2, chain(number, previous, own));
    };
    expect(await check(forged)).toBe('entry 4: it does not follow the entry before it');
  });

  test('shows a removed entry, at the beginning too', async () => {
    expect(await check((all) => all.toSpliced(2, 1))).toBe('entry 3: it is missing, entry 4 follows instead');
    expect(await check((all) => all.slice(1))).toBe('entry 1: it is missing, entry 2 follows instead');
  });

  test('shows another order', async () => {
    const swapped = (all: readonly ChainedAuditEntry[]) =>
      [2, 3].map((at) => all[at]).filter((one) => one !== undefined);
    expect(await check((all) => all.toSpliced(2, 2, ...swapped(all).reverse()))).toContain('entry 3: it is missing');
  });

  test('shows an inserted and a repeated entry', async () => {
    const inserted = (all: readonly ChainedAuditEntry[]) =>
      all.toSpliced(3, 0, chain(4, all[2]?.hash ?? '', entry(99)));
    expect(await check(inserted)).toBe('entry 5: entry 4 stands in its place');
    expect(await check((all) => all.toSpliced(3, 0, ...all.slice(2, 3)))).toBe('entry 4: entry 3 stands in its place');
  });

  test('shows a cut tail to a witness only', async () => {
    await decide(1, 2, 3);
    const entries = await trail();
    const { head } = await verifyChain(feed(entries));
    expect(await verifyChain(feed(entries.slice(0, 2)))).toMatchObject({ ok: true });
    expect(await verifyChain(feed(entries.slice(0, 2)), head)).toMatchObject({
      ok: false,
      problem: 'entry 3: the chain ends before it, but had 3 entries',
    });
    expect(await verifyChain(feed(entries), { ...head, hash: 'f'.repeat(64) })).toMatchObject({
      ok: false,
      problem: 'entry 3: it is another one than was expected there',
    });
  });

  test('shows an entry that cannot be read, or that holds more than it should', async () => {
    await decide(1);
    const [first] = await trail();
    const second = { ...chain(2, first?.hash ?? '', entry(2)), note: 'slipped in' };
    await site.log.append('audit', [{ key: 'audit', value: JSON.stringify(second) }]);
    expect(await verifyChain(readChain(site.log))).toMatchObject({
      ok: false,
      entries: 1,
      problem: 'entry 2: not a record of the audit trail: it cannot be read',
    });
  });
});
