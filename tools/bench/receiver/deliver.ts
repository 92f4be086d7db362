// `node deliver.ts URL RATE SECONDS`: GitHub's own example deliveries at their natural sizes, each unlike any before, signed; RATE a
// second or, for 0, as many as are answered. Prints JSON: how many were taken, and how long each took, milliseconds. The
// secret is in BENCH_SECRET.
import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { quantiles } from '../quantiles.ts';
import { examples } from './examples.ts';

const [url = '', rate = '', seconds = ''] = process.argv.slice(2);
const SECRET = process.env.BENCH_SECRET ?? '';
/** Where the rate is whatever is answered: deliveries on their way at once. */
const AT_ONCE = 32;
const TICK_MS = 5;
/** The first are not measured: the compiler has its own work with them. */
const WARM = 0.2;

const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE * 8 });
const all = examples();
const delays: number[] = [];
let taken = 0;
let bytes = 0;
let number = 0;

/** A delivery of its own: the examples would else be repetitions. */
function next(): { readonly event: string; readonly body: string; readonly signature: string } {
  number += 1;
  const { event, text } = all[number % all.length] ?? { event: 'ping', text: '{}' };
  const body = `${text.slice(0, -1)},"bench":${process.pid * 1e6 + number}}`;
  return { event, body, signature: `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}` };
}

async function deliver(due: number, measured: boolean): Promise<void> {
  const { event, body, signature } = next();
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-github-event': event,
    'x-github-delivery': `${process.pid}-${number}`,
    'x-hub-signature-256': signature,
  };
  const status = await new Promise<number>((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers, agent }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('error', reject).end(body);
  });
  if (status !== 200) throw new Error(`a delivery of ${event} was answered ${status}`);
  if (!measured) return;
  taken += 1;
  bytes += Buffer.byteLength(body);
  delays.push(performance.now() - due);
}

const begun = performance.now();
const lasts = Number(seconds) * 1000;
const measuredFrom = begun + lasts * WARM;
if (rate === '0') {
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let now = performance.now(); now < begun + lasts; now = performance.now())
        await deliver(now, now >= measuredFrom);
    }),
  );
} else {
  const underway: Promise<void>[] = [];
  for (let sent = 0; ; ) {
    const now = performance.now();
    if (now >= begun + lasts) break;
    for (; sent < ((now - begun) / 1000) * Number(rate); sent++) {
      const due = begun + (sent / Number(rate)) * 1000;
      underway.push(deliver(due, due >= measuredFrom));
    }
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
  await Promise.all(underway);
}
agent.destroy();
const measuredSeconds = (performance.now() - measuredFrom) / 1000;
process.stdout.write(JSON.stringify({ taken, bytes, seconds: measuredSeconds, ...quantiles(delays) }));
