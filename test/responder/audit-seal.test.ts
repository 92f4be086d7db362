// The sealed trail: who has the public key sees every change up to the last seal, also a chain that was written anew as a whole.
import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CHAIN_START, type ChainedAuditEntry, chain } from '../../services/core/audit.ts';
import { publicKeyIn, publicKeyOf, SEAL_EVERY, sealOf, signerOf } from '../../services/core/audit-seal.ts';
import { PipewardenError } from '../../services/core/errors.ts';
import { contentId } from '../../services/core/json.ts';
import { HOUR } from '../../services/core/time.ts';
import { chainDecisions } from '../../services/responder/audit-chain.ts';
import { readChain, verifyChain } from '../../services/responder/audit-verify.ts';
import { createTelemetry } from '../../services/telemetry/telemetry.ts';
import { handClock, openSite, type Site } from './support.ts';

const newSigner = () =>
  signerOf(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
const signer = newSigner();
const key = publicKeyIn(publicKeyOf(signer));
const clock = handClock();
let site: Site;

beforeEach(async () => {
  site = await openSite();
});
afterEach(() => site.close());

async function decide(from: number, to: number): Promise<ChainedAuditEntry[]> {
  const entries = Array.from({ length: to - from }, (_, index) => ({
    id: contentId('entry', from + index),
    time: '2026-03-01T10:00:00Z',
    actor: 'mara',
    action: 'action.approved',
    subject: 'run',
    outcome: 'success',
    detail: { n: from + index },
  }));
  const consumer = await site.log.subscribe(chainDecisions(createTelemetry('silent'), clock, () => signer));
  await site.log.append(
    'decision',
    entries.map((entry) => ({ key: 'run', value: JSON.stringify(entry) })),
  );
  await consumer.caughtUp();
  await consumer.close();
  const trail: ChainedAuditEntry[] = [];
  for await (const one of readChain(site.log)) trail.push(one);
  return trail;
}

async function* feed(entries: readonly ChainedAuditEntry[]) {
  yield* entries;
}

/** As somebody would who can write the log, and does not have the key. */
function anew(trail: readonly ChainedAuditEntry[], sign = newSigner()): ChainedAuditEntry[] {
  const made: ChainedAuditEntry[] = [];
  let head = { number: 0, hash: CHAIN_START };
  for (const { entry } of trail) {
    const said = entry.action === 'audit.sealed' ? sealOf(head, sign, clock.now()) : { ...entry, actor: 'nobody' };
    const next = chain(head.number + 1, head.hash, said);
    head = { number: next.number, hash: next.hash };
    made.push(next);
  }
  return made;
}

test('it is sealed after an hour, and after so many entries, across restarts', async () => {
  await decide(0, 3);
  const trail = await decide(3, 5);
  expect(trail.map(({ entry }) => entry.action).indexOf('audit.sealed')).toBeGreaterThan(0);
  expect(trail.filter(({ entry }) => entry.action === 'audit.sealed')).toHaveLength(1);
  clock.pass(HOUR);
  expect((await decide(5, 6)).at(-1)?.entry.action).toBe('audit.sealed');
  const long = await decide(6, 6 + 2 * SEAL_EVERY + 10);
  const seals = long.filter(({ entry }) => entry.action === 'audit.sealed');
  expect(seals).toHaveLength(4);
  expect(await verifyChain(feed(long), undefined, key)).toMatchObject({
    ok: true,
    sealed: (seals[3]?.number ?? 0) - 1,
  });
  expect(await verifyChain(feed(long))).toMatchObject({ ok: true });
});

test('a chain that was written anew is found, with another key and without seals', async () => {
  const trail = await decide(0, SEAL_EVERY + 20);
  expect(await verifyChain(feed(anew(trail)))).toMatchObject({ ok: true });
  expect(await verifyChain(feed(anew(trail)), undefined, key)).toMatchObject({
    ok: false,
    problem: expect.stringContaining('another key'),
  });
  const bare = anew(trail.filter(({ entry }) => entry.action !== 'audit.sealed'));
  expect(await verifyChain(feed(bare), undefined, key)).toMatchObject({
    ok: false,
    problem: expect.stringContaining('the last seal is'),
  });
});

test('a seal of another place, or one whose signature was changed, is none', async () => {
  const trail = await decide(0, 5);
  const at = trail.findIndex(({ entry }) => entry.action === 'audit.sealed');
  const forged = trail.map(({ entry }, index) =>
    index === at
      ? { ...entry, detail: { ...Object(entry.detail), signature: Buffer.alloc(64).toString('base64') } }
      : entry,
  );
  let head = { number: 0, hash: CHAIN_START };
  const rebuilt = forged.map((entry) => {
    const next = chain(head.number + 1, head.hash, entry);
    head = { number: next.number, hash: next.hash };
    return next;
  });
  expect(await verifyChain(feed(rebuilt), undefined, key)).toMatchObject({
    ok: false,
    problem: expect.stringContaining('signature'),
  });
});

test('a key that is none is refused, and not quoted', () => {
  const secret = ['not', 'a', 'key'].join('-');
  for (const read of [signerOf, publicKeyIn]) {
    try {
      read(secret);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(PipewardenError);
      expect(String(error)).not.toContain(secret);
    }
  }
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
  expect(() => signerOf(rsa.toString())).toThrow('Ed25519');
});
