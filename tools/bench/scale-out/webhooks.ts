// `node webhooks.ts BROKER PREFIX URL RATE SECONDS`: pushes as GitHub's webhooks, so that RATE activities a second come of them, or, for
// 0, as many as are answered; now and then a protection is removed. How many were taken, and how long after such a delivery was
// due the finding could be read. Prints JSON, milliseconds. The secret is in BENCH_SECRET.
import { createHash, createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { systemClock } from '../../../services/core/clock.ts';
import type { FindingEntry } from '../../../services/core/messages.ts';
import { quantiles } from '../quantiles.ts';
import { openBenchLog } from './place.ts';

const [broker = '', prefix = '', url = '', rate = '', seconds = ''] = process.argv.slice(2);
const SECRET = process.env.BENCH_SECRET ?? '';
const TICK_MS = 20;
/** Where the rate is whatever is answered: deliveries on their way at once. */
const AT_ONCE = 64;
const REPOSITORIES = 500;
const PEOPLE = 200;
/** A push tells of itself and of its commit. */
const ACTIVITIES_OF_PUSH = 2;
const REMOVED_EVERY_MS = 200;
/** The first are not measured: the compiler has its own work with them. */
const WARM = 0.2;

/** When the delivery about each repository was due. */
const due = new Map<string, number>();
const delays: number[] = [];
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE * 4 });
let activities = 0;
let number = 0;

const log = await openBenchLog(broker, prefix);
const consumer = await log.subscribe({
  group: `bench-${process.pid}`,
  topic: 'finding',
  open: async () => ({
    process(batch) {
      const now = performance.now();
      for (const { value } of batch) {
        const entry: FindingEntry = JSON.parse(value);
        const repository = entry.type === 'finding' ? (entry.finding.repository ?? '') : '';
        const at = due.get(repository);
        if (due.delete(repository) && at !== undefined) delays.push(now - at);
      }
      return {};
    },
  }),
});
await consumer.caughtUp();

function shared(repository: string, person: number) {
  const login = `person-${person}`;
  return {
    repository: { id: 1_000 + person, full_name: `acme/${repository}`, private: true, default_branch: 'main' },
    organization: { login: 'acme', id: 1 },
    sender: { login, id: 10_000 + person, type: 'User' },
  };
}

function push(index: number) {
  const person = index % PEOPLE;
  const login = `person-${person}`;
  const signed = { name: login, email: `${login}@acme.example`, username: login };
  const id = sha(index);
  const commit = {
    id,
    message: `Change ${index}`,
    timestamp: new Date().toISOString(),
    author: signed,
    committer: signed,
    added: [],
    removed: [],
    modified: [`src/file-${index % 50}.ts`],
  };
  return {
    ref: 'refs/heads/main',
    before: sha(index - 1),
    after: id,
    pusher: { name: login, email: signed.email },
    commits: [commit],
    head_commit: commit,
    ...shared(`repository-${index % REPOSITORIES}`, person),
  };
}

function sha(index: number): string {
  return createHash('sha1').update(`${process.pid} ${index}`).digest('hex');
}

function removal(repository: string) {
  const rule = { name: 'main', updated_at: new Date().toISOString() };
  return { action: 'deleted', rule, ...shared(repository, 1) };
}

/** Resolves when it was answered; a delivery that is refused ends it all. */
function deliver(event: string, body: object): Promise<void> {
  const raw = JSON.stringify(body);
  const headers = {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(raw),
    'X-GitHub-Event': event,
    'X-GitHub-Delivery': `${process.pid}-${number++}`,
    'X-Hub-Signature-256': `sha256=${createHmac('sha256', SECRET).update(raw).digest('hex')}`,
  };
  return new Promise((resolve, reject) => {
    const sending = request(url, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece) => {
        text += piece;
      });
      response.once('end', () => {
        if (response.statusCode !== 200) return reject(new Error(`answered ${response.statusCode}: ${text}`));
        activities += JSON.parse(text).accepted;
        resolve();
      });
    });
    sending.once('error', reject);
    sending.end(raw);
  });
}

/** As many as are answered. */
async function flood(until: number): Promise<void> {
  const one = async () => {
    while (performance.now() < until) await deliver('push', push(number));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

/** So many a second, whether they are answered or not. */
async function steady(from: number): Promise<void> {
  const ticks = (Number(seconds) * 1000) / TICK_MS;
  const sending = new Set<Promise<unknown>>();
  let owed = 0;
  const send = (event: string, body: object) => {
    const sent: Promise<unknown> = deliver(event, body).then(() => sending.delete(sent));
    sending.add(sent);
  };
  for (let tick = 0; tick < ticks; tick++) {
    const at = from + tick * TICK_MS;
    const wait = at - performance.now();
    if (wait > 0) await systemClock.sleep(wait);
    for (owed += (Number(rate) * TICK_MS) / 1000 / ACTIVITIES_OF_PUSH; owed >= 1; owed--) send('push', push(number));
    if ((tick * TICK_MS) % REMOVED_EVERY_MS > 0) continue;
    const repository = `guarded-${process.pid}-${tick}`;
    if (tick > ticks * WARM) due.set(`acme/${repository}`, at);
    send('branch_protection_rule', removal(repository));
  }
  await Promise.all(sending);
}

const begun = performance.now();
if (Number(rate) === 0) await flood(begun + Number(seconds) * 1000);
else await steady(begun);
const took = (performance.now() - begun) / 1000;
while (due.size > 0) await systemClock.sleep(50);
agent.destroy();
await log.close();
const { p50, p99, most } = quantiles(delays.map(Math.round));
process.stdout.write(
  JSON.stringify({
    activities,
    seconds: took,
    findings: delays.length,
    p50,
    p99,
    most,
  }),
);
