// Decisions by Slack, from the signed delivery to the run's document, against a server that records what Slack would be asked.
import { createHmac } from 'node:crypto';
import type { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../playbooks/actions/index.ts';
import { slackSignature } from '../../services/collector/receiver/proofs.ts';
import { SLACK_PATH } from '../../services/collector/receiver/slack.ts';
import { createReceiver } from '../../services/collector/receiver.ts';
import type { PlaybookRun } from '../../services/core/playbook.ts';
import { HOUR, MINUTE } from '../../services/core/time.ts';
import { createDeciders } from '../../services/responder/deciders.ts';
import { createHttpApi } from '../../services/responder/http-api.ts';
import { giveOrder } from '../../services/responder/orders.ts';
import { createSlackDecisions } from '../../services/responder/slack.ts';
import { decisionButtons } from '../../services/responder/slack-view.ts';
import { createTelemetry } from '../../services/telemetry/telemetry.ts';
import { type Collecting, startCollecting } from '../collector/collecting.ts';
import { type RecordingApi, startRecordingApi } from '../collector/systems/recording-api.ts';
import { ATTACK_TIME, actingRun } from '../helpers/incidents.ts';
import { TOKEN } from '../playbooks/recording-server.ts';
import { attack, handClock, openSite, type Site } from './support.ts';

const SECRET = 'signing-secret';
const run = actingRun('incident-1');
const people = [
  { person: 'ann', ids: ['slack:U1ANN'], emails: ['ann@acme.example'] },
  { person: 'bob', ids: ['slack:U2BOB'] },
  { person: 'mallory@acme.example', logins: ['github:mallory'], ids: ['slack:U3MAL'] },
];

let site: Site;
let slack: RecordingApi;
let clock: ReturnType<typeof handClock>;
let app: Hono;
let collecting: Collecting;
let answer: unknown;

beforeEach(async () => {
  site = await openSite();
  answer = { ok: true };
  slack = await startRecordingApi(() => ({ body: answer }));
  clock = handClock(ATTACK_TIME + 3 * HOUR);
  collecting = await startCollecting();
  await site.store.put(
    'incident',
    'incident-1',
    attack({ entities: [{ type: 'actor', id: 'github:mallory' }] }),
    'any',
  );
  await site.store.put('run', run.id, run, 'absent');
  const telemetry = createTelemetry('silent');
  const api = createHttpApi({ baseUrl: slack.url, token: () => TOKEN, userAgent: 'test', fetch });
  const take = createSlackDecisions({
    ...{ store: site.store, queue: site.queue, clock, deciders, actions: ACTIONS, api, log: telemetry.log },
    console: 'https://pipewarden.example',
  });
  app = createReceiver({
    ...{ collector: collecting.collector, routes: [], telemetry, clock },
    slack: { secret: () => SECRET, take },
  });
});
afterEach(async () => {
  await collecting.close();
  await site.close();
  await slack.close();
});

const deciders = createDeciders(people, []);

interface Sent {
  readonly secret?: string;
  /** Seconds ago. */
  readonly age?: number;
}

/** As Slack delivers it. */
function delivery(payload: object, { secret = SECRET, age = 0 }: Sent = {}): RequestInit {
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const at = String(Math.floor(clock.now() / 1000) - age);
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`;
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-signature': signature,
    'x-slack-request-timestamp': at,
  };
  return { method: 'POST', body, headers };
}

const send = async (payload: object, sent?: Sent) => await app.request(SLACK_PATH, delivery(payload, sent));

let presses = 0;

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
function press(user: string, kind: 'approve' | 'reject' = 'approve') {
  const [step] = run.steps;
  const block: unknown = step && decisionButtons(run, 0, step);
  const { elements } = JSON.parse(JSON.stringify(block));
  const button = elements.find(({ action_id }: { action_id: string }) => action_id === `pipewarden.${kind}`);
  return {
    type: 'block_actions',
    user: { id: user, username: 'whatever', team_id: 'T1' },
    api_app_id: 'A1',
    trigger_id: `trigger-${presses++}`,
    response_url: 'https://hooks.slack.example/actions/T1/1/x',
    actions: [{ ...button, block_id: 'x', action_ts: '1548426417.840180' }],
  };
}

/** The window that was opened last. */
function opened() {
  const { trigger_id, view } = JSON.parse(slack.calls.at(-1)?.body.toString() ?? '{}');
  return { trigger_id, view, text: JSON.stringify(view) };
}

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
function submit(user: string, reason: string | null, view = opened().view) {
  const values = { reason: { text: { type: 'plain_text_input', value: reason } } };
  const { callback_id, private_metadata } = view;
  return {
    type: 'view_submission',
    user: { id: user, name: 'whatever' },
    view: { id: `V${presses++}`, type: 'modal', callback_id, private_metadata, state: { values } },
  };
}

const step = async () => (await site.store.get<PlaybookRun>('run', run.id))?.body.steps[0];

/** Presses, types and sends; gives what Slack was answered. */
async function say(user: string, reason: string, kind: 'approve' | 'reject' = 'approve') {
  await send(press(user, kind));
  return JSON.stringify(await (await send(submit(user, reason))).json());
}

describe('a button', () => {
  test('opens a window that shows the plan and asks why; that alone decides nothing', async () => {
    const pressed = await send(press('U1ANN'));
    expect({ status: pressed.status, body: await pressed.text() }).toEqual({ status: 200, body: '' });
    expect(slack.lines()).toEqual(['POST /views.open']);
    expect(slack.calls[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
    const { trigger_id, view, text } = opened();
    expect(trigger_id).toMatch(/^trigger-/);
    expect(view).toMatchObject({ type: 'modal', title: { text: 'Agree' }, submit: { text: 'Agree' } });
    for (const each of [
      'POST /repos/harbor/checkout/actions/runs/9127/cancel',
      'run 9127: its 3 jobs stop where they are',
      'No way back',
      '2026-03-02T03:14:08',
      `https://pipewarden.example/runs/${run.id}`,
    ]) {
      expect(text).toContain(each);
    }
    expect(text).not.toContain('mrkdwn');
    expect((await step())?.approvals).toEqual([]);
  });

  test('of somebody whom nobody knows, or whom the incident is about, says so and asks nothing', async () => {
    await send(press('U9EVE'));
    expect(opened().text).toContain('`identities` has nobody with slack:U9EVE');
    await send(press('U3MAL'));
    expect(opened().text).toContain('the incident is about mallory@acme.example');
    expect(opened().view.submit).toBeUndefined();
  });

  test('of a card whose plan has changed, or whose step is settled, leads to the page', async () => {
    const button = press('U1ANN');
    const other = run.steps.map((one) => ({ ...one, target: { ...one.target, id: 'other' } }));
    await site.store.put('run', run.id, { ...run, steps: other }, 'any');
    await send(button);
    expect(opened().text).toContain('has changed since the card was made');
    await site.store.put('run', run.id, run, 'any');
    await say('U1ANN', 'a drill', 'reject');
    await send(press('U2BOB'));
    expect(opened().text).toContain('It is skipped. ann refused it: a drill.');
  });

  test('is told of as failed when Slack opens no window', async () => {
    answer = { ok: false, error: 'expired_trigger_id' };
    expect((await send(press('U1ANN'))).status).toBe(503);
    expect((await step())?.approvals).toEqual([]);
  });
});

describe('the window', () => {
  test('takes the word of two people, each once, whichever other channel they use', async () => {
    expect(await say('U1ANN', 'I see it too')).toContain('You have agreed');
    expect((await step())?.approvals).toMatchObject([{ by: 'ann', channel: 'slack', reason: 'I see it too' }]);
    expect(await say('U1ANN', 'again')).toContain('ann has agreed already');
    const order = { kind: 'approve', by: 'ann@acme.example', reason: 'again', channel: 'console' } as const;
    await expect(giveOrder({ ...site, clock, deciders }, run.id, order)).rejects.toThrow();
    expect(await say('U2BOB', 'so do I')).toContain('You have agreed');
    expect(await step()).toMatchObject({ status: 'pending', approvals: [{ by: 'ann' }, { by: 'bob' }] });
  });

  test('stays open, with the problem beneath, without a reason, and when it is too late', async () => {
    await send(press('U1ANN'));
    const { view } = opened();
    expect(await (await send(submit('U1ANN', ' ', view))).json()).toEqual({
      response_action: 'errors',
      errors: { reason: 'say why: the reason stands in the audit trail' },
    });
    expect(JSON.stringify(await (await send(submit('U1ANN', null, view))).json())).toContain('say why');
    clock.pass(23 * HOUR);
    expect(JSON.stringify(await (await send(submit('U1ANN', 'late', view))).json())).toContain(
      'the time to agree is over',
    );
  });

  test('of one person is not sent for another: who sends it decides', async () => {
    await send(press('U1ANN'));
    const { view } = opened();
    expect(JSON.stringify(await (await send(submit('U3MAL', 'it is fine', view))).json())).toContain(
      'the incident is about',
    );
    expect(JSON.stringify(await (await send(submit('U9EVE', 'it is fine', view))).json())).toContain(
      'does not know who you are',
    );
  });
});

describe('a delivery', () => {
  test.each([
    ['with another secret', { secret: 'guessed' }, 'SIGNATURE_WRONG'],
    ['that is older than five minutes', { age: 301 }, 'SIGNATURE_OLD'],
    ['from the future', { age: -301 }, 'SIGNATURE_OLD'],
  ])('%s is refused', async (_what, sent, error) => {
    const answered = await send(press('U1ANN'), sent);
    expect(answered.status).toBe(401);
    expect(await answered.json()).toMatchObject({ error });
    expect(slack.calls).toEqual([]);
  });

  test('is signed as Slack’s documentation has it', () => {
    const fields = {
      token: 'xyzz0WbapA4vBCDEFasx0q6G',
      team_id: 'T1DC2JH3J',
      team_domain: 'testteamnow',
      channel_id: 'G8PSS9T3V',
      channel_name: 'foobar',
      user_id: 'U2CERLKJA',
      user_name: 'roadrunner',
      command: '/webhook-collect',
      text: '',
      response_url: 'https://hooks.slack.com/commands/T1DC2JH3J/397700885554/96rGlfmibIGlgcZRskXaIFfN',
      trigger_id: '398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
    };
    const headers = new Map([
      ['X-Slack-Signature', 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503'],
      ['X-Slack-Request-Timestamp', '1531420618'],
    ]);
    const header = (name: string) => headers.get(name);
    const raw = Buffer.from(new URLSearchParams(fields).toString());
    const delivered = { header, raw, now: 1_531_420_618_000 };
    expect(() => slackSignature.verify(delivered, ['8f742231b10e8888abcd99yyyzzz85a5'])).not.toThrow();
    expect(() => slackSignature.verify(delivered, ['', 'other'])).toThrow();
  });

  test('without a signature, or with a time that is none, is refused', async () => {
    const { headers, ...rest } = delivery(press('U1ANN'));
    expect((await app.request(SLACK_PATH, rest)).status).toBe(401);
    for (const time of ['', 'now', '1e9', '-1']) {
      const odd = { ...rest, headers: { ...Object(headers), 'x-slack-request-timestamp': time } };
      expect((await app.request(SLACK_PATH, odd)).status).toBe(401);
    }
    expect((await app.request(SLACK_PATH)).status).toBe(405);
  });

  test('that is sent again is refused, within its five minutes too', async () => {
    await send(press('U1ANN'));
    const again = delivery(submit('U1ANN', 'I see it too'));
    expect((await app.request(SLACK_PATH, again)).status).toBe(200);
    clock.pass(4 * MINUTE);
    const replayed = await app.request(SLACK_PATH, again);
    expect(replayed.status).toBe(401);
    expect((await step())?.approvals).toHaveLength(1);
  });

  test('of something else is taken and left', async () => {
    const link = { ...press('U1ANN'), actions: [{ action_id: 'open-page' }] };
    for (const other of [link, { type: 'view_closed' }, { type: 'view_submission', user: { id: 'U1ANN' }, view: {} }]) {
      const answered = await send(other);
      expect({ status: answered.status, body: await answered.text() }).toEqual({ status: 200, body: '' });
    }
    expect(slack.calls).toEqual([]);
  });
});

test('what does not fit into a window is said, and hidden characters show', async () => {
  const [first] = run.steps;
  if (!first?.plan) throw new Error('the run has no plan');
  const blast_radius = [`\u202Eevil <!channel> ${'x'.repeat(9_000)}`];
  const long = { ...run, steps: [{ ...first, plan: { ...first.plan, blast_radius } }] };
  await site.store.put('run', run.id, long, 'any');
  const [changed] = long.steps;
  const { elements } = JSON.parse(JSON.stringify(changed && decisionButtons(long, 0, changed)));
  await send({ ...press('U1ANN'), actions: [elements[0]] });
  const { view, text } = opened();
  expect(text).toContain('Not all of it fits here: read https://pipewarden.example/runs/');
  expect(text).toContain('⟦U+202E⟧evil');
  for (const block of view.blocks) expect((block.text?.text ?? '').length).toBeLessThanOrEqual(3_000);
});
