// Deliveries of webhooks that nobody took: GitHub does not send again by itself, but keeps them for three days.
// https://docs.github.com/en/webhooks/using-webhooks/handling-failed-webhook-deliveries
// https://docs.github.com/en/rest/orgs/webhooks#list-deliveries-for-an-organization-webhook
import { isObject, type Json } from '../../../core/json.ts';
import { DAY, type Instant, MINUTE } from '../../../core/time.ts';
import { identifier, instant, list, number, text } from '../../fields.ts';
import type { SourceRecord } from '../../source.ts';
import type { Client } from '../client.ts';
import { createOverlap } from '../overlap.ts';
import { pages } from '../pages.ts';
import type { Poll, Surroundings, Turn } from '../system.ts';

const EVERY = 2 * MINUTE;
/** A delivery may be under way, or be sent again by somebody, for so long. */
const LATE = 15 * MINUTE;
/** GitHub has no older ones. */
const AT_FIRST = 3 * DAY;

/** Where the deliveries of one webhook are: an organization's, or the app's own. */
export interface Hook {
  readonly name: string;
  readonly api: Client;
  /** Path of its deliveries; undefined where there is no such webhook. */
  path(signal: AbortSignal): Promise<string | undefined>;
}

interface Attempt {
  readonly id: string;
  /** The same for every attempt to deliver the same thing. */
  readonly guid: string;
  readonly at: Instant;
  readonly taken: boolean;
}

export function deliveriesPoll(hook: Hook, { clock }: Pick<Surroundings, 'clock'>): Poll {
  async function* read(cursor: Json | undefined, signal: AbortSignal): AsyncGenerator<Turn> {
    const overlap = createOverlap(cursor, clock.now() - AT_FIRST, LATE);
    const path = await hook.path(signal);
    if (path === undefined) return;
    const all = await attempts(path, overlap.from, signal);
    for (const attempt of missed(all)) {
      if (!overlap.isNew(attempt.guid, attempt.at)) continue;
      const { body } = await hook.api.get(`${path}/${attempt.id}`, signal, { expect: [404] });
      yield { records: recordOf(body, clock.now()), cursor: overlap.cursor() };
    }
    for (const { at } of all) overlap.reached(at);
    yield { records: [], cursor: overlap.cursor() };
  }

  /** Newest first, as GitHub lists them. */
  async function attempts(path: string, from: Instant, signal: AbortSignal): Promise<readonly Attempt[]> {
    const found: Attempt[] = [];
    for await (const page of pages(hook.api, `${path}?per_page=100`, signal)) {
      const here = list(page).flatMap((each) => attemptOf(each) ?? []);
      found.push(...here.filter(({ at }) => at >= from));
      if (here.some(({ at }) => at < from)) break;
    }
    return found;
  }

  return { name: `deliveries ${hook.name}`, source: 'github.webhook', every: EVERY, read };
}

/** The last attempt of each that no attempt has delivered, in order of time. */
function missed(all: readonly Attempt[]): readonly Attempt[] {
  const taken = new Set(all.filter((each) => each.taken).map(({ guid }) => guid));
  const last = new Map(all.toReversed().map((each) => [each.guid, each]));
  return [...last.values()].filter(({ guid }) => !taken.has(guid)).sort((a, b) => a.at - b.at);
}

function attemptOf(each: Json): Attempt | undefined {
  const id = identifier(each, 'id');
  const guid = text(each, 'guid');
  const at = instant(each, 'delivered_at');
  const status = number(each, 'status_code') ?? 0;
  return id === undefined || guid === undefined || at === undefined
    ? undefined
    : { id, guid, at, taken: status >= 200 && status < 300 };
}

function recordOf(delivery: Json, received_at: Instant): readonly SourceRecord[] {
  const event = text(delivery, 'event');
  const payload = isObject(delivery) && isObject(delivery.request) ? delivery.request.payload : undefined;
  return event === undefined || !isObject(payload)
    ? []
    : [{ source: 'github.webhook', event, received_at, body: payload }];
}

/** The organization's webhook that delivers to `address`. */
export function organizationHook(organization: string, address: string, api: Client): Hook {
  return {
    name: organization,
    api,
    async path(signal) {
      const hooks = `/orgs/${organization}/hooks`;
      for await (const page of pages(api, `${hooks}?per_page=100`, signal)) {
        const ours = list(page).find((hook) => text(hook, 'config', 'url') === address);
        if (ours !== undefined) return `${hooks}/${identifier(ours, 'id')}/deliveries`;
      }
      return undefined;
    },
  };
}

export function appHook(app: Client): Hook {
  return { name: 'app', api: app, path: async () => '/app/hook/deliveries' };
}
