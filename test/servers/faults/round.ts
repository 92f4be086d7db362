// One round: a story is sent while a fault happens, then all must become quiet, and right.
import { setTimeout as sleep } from 'node:timers/promises';
import { randomFrom } from '../../helpers/random.ts';
import { embeddedOutcome } from '../scale-out.ts';
import { type Counted, countedAgain, missing, wrong } from './invariants.ts';
import type { Site } from './site.ts';
import { type Sending, storyOf } from './story.ts';

/** Longer than anything that takes its time by design: a lease and the reconciler's minute, twice. */
const PATIENCE_MS = 420_000;
const LOOK_EVERY_MS = 1_000;
const ANSWER_WITHIN_MS = 15_000;
const SEND_AGAIN_MS = 500;
const AT_ONCE = 6;
const SLOW_TARGET_MS = 1_000;

export interface Scene {
  readonly random: () => number;
  /** What was done, for the report. */
  readonly deeds: string[];
  /** Waits for a random time of at most so long. */
  moment(most: number): Promise<void>;
}

export interface Result {
  readonly deeds: readonly string[];
  readonly deliveries: number;
  /** Deliveries that were not answered 2xx, and sent again. */
  readonly resent: number;
  readonly again: Counted;
  /** Processes that ended of themselves and were started again. */
  readonly endings: readonly string[];
  readonly seconds: number;
}

export interface Round<Installed extends Site> {
  readonly site: Installed;
  readonly seed: number;
  /** Of the story; no other round of the site has it. */
  readonly name: string;
  readonly repositories: number;
  /** The deliveries are spread over this time. */
  readonly spreadMs: number;
  /** A call at GitHub takes at most so long: containment is under way for a while, not over at once. */
  readonly targetMs?: number;
  disturb(site: Installed, scene: Scene): Promise<void>;
}

/** Rejects with all that is missing or wrong. */
export async function play<Installed extends Site>(round: Round<Installed>): Promise<Result> {
  const { site, seed, name, repositories, spreadMs, targetMs = SLOW_TARGET_MS } = round;
  const started = Date.now();
  const random = randomFrom(seed);
  const story = storyOf(name, repositories, started);
  const records = story.sendings.map(({ event, body }) => ({
    source: 'github.webhook',
    event,
    received_at: started,
    body,
  }));
  const expected = { story, truth: await embeddedOutcome(records) };
  for (const repository of story.repositories) {
    site.github.runs.set(`${repository}/42`, { status: 'in_progress', conclusion: null });
    site.github.workflows.set(`${repository}/ci.yml`, 'active');
  }
  for (const runner of story.runners) site.github.runners.set(runner, ['linux']);
  const endedBefore = site.processes.map(({ endings }) => endings.length);
  site.github.before = async () => {
    await sleep(random() * targetMs);
    return undefined;
  };
  const deeds: string[] = [];
  const scene = { random, deeds, moment: (most: number) => sleep(random() * most) };
  const [resent] = await Promise.all([
    sendAll(site.receivers, story.sendings, spreadMs, random),
    round.disturb(site, scene),
  ]);

  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const lacking = await look(() => missing(site, expected));
    if (lacking.length === 0) break;
    if (Date.now() > deadline) throw failure('is missing', lacking, deeds, site);
    await sleep(LOOK_EVERY_MS);
  }
  // Whatever comes late comes now.
  await site.caughtUp();
  await sleep(LOOK_EVERY_MS);
  await site.caughtUp();
  const lacking = await missing(site, expected);
  if (lacking.length > 0) throw failure('went missing', lacking, deeds, site);
  const faults = await wrong(site, expected);
  if (faults.length > 0) throw failure('is wrong', faults, deeds, site);
  return {
    deeds,
    deliveries: story.sendings.length,
    resent,
    again: countedAgain(site, story),
    endings: site.processes.flatMap(({ endings }, index) => endings.slice(endedBefore[index] ?? 0)),
    seconds: Math.round((Date.now() - started) / 1000),
  };
}

/** A server that is not back yet is as good as nothing found. */
async function look(at: () => Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await at();
  } catch (error) {
    return [`it cannot be looked at: ${error instanceof Error ? error.message : error}`];
  }
}

function failure(what: string, problems: readonly string[], deeds: readonly string[], site: Site): Error {
  const shown = problems.slice(0, 12).join('\n  ');
  const said = site.processes.map(({ name, endings, err }) => `${name}: ${endings.join('; ')}\n${err()}`).join('\n');
  return new Error(`after ${deeds.join(', ')} this ${what} (${problems.length}):\n  ${shown}\n${said}`);
}

/** A sender sends again what is not answered 2xx, to whichever collector answers. Gives how often. */
async function sendAll(
  receivers: readonly string[],
  sendings: readonly Sending[],
  spreadMs: number,
  random: () => number,
): Promise<number> {
  let resent = 0;
  const turns = sendings.map((sending) => ({ sending, pause: (random() * 2 * spreadMs * AT_ONCE) / sendings.length }));
  const senders = Array.from({ length: AT_ONCE }, async (_, rank) => {
    for (let next = turns.shift(); next; next = turns.shift()) {
      await sleep(next.pause);
      for (let tries = rank; !(await taken(receivers[tries % receivers.length] ?? '', next.sending)); tries++) {
        resent += 1;
        await sleep(SEND_AGAIN_MS);
      }
    }
  });
  await Promise.all(senders);
  return resent;
}

async function taken(receiver: string, { request }: Sending): Promise<boolean> {
  try {
    const answer = await fetch(receiver, { ...request, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    await answer.arrayBuffer();
    if (answer.status >= 400 && answer.status < 500) throw new Refused(answer.status);
    return answer.ok;
  } catch (error) {
    if (error instanceof Refused) throw error;
    return false;
  }
}

/** What was signed and well-formed must not be refused. */
class Refused extends Error {
  constructor(status: number) {
    super(`a delivery was answered ${status}`);
  }
}
