// What becomes of a step is said on its run's page, or by a link: in somebody's name, with a reason, and once.
import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { decisionLinks } from '../../services/core/decision-link.ts';
import type { PlaybookRun } from '../../services/core/playbook.ts';
import { DAY, HOUR } from '../../services/core/time.ts';
import { createDeciders } from '../../services/responder/deciders.ts';
import { type ConsoleUnderTest, consoleUnderTest, KEY, login } from '../helpers/console.ts';
import { actingRun, fill, findingRecord, incidentOf } from '../helpers/incidents.ts';
import { problemsOf } from '../helpers/markup.ts';

const incident = incidentOf([findingRecord()], { id: 'incident-1' });
const run = actingRun(incident.id);

let made: ConsoleUnderTest;

async function opened(own: Parameters<typeof consoleUnderTest>[0] = {}): Promise<ConsoleUnderTest> {
  const console = consoleUnderTest({ mode: 'act', ...own });
  await fill(console.store, { findings: [findingRecord()], incidents: [incident], runs: [run] });
  return console;
}

beforeEach(async () => {
  made = await opened();
});

/** Somebody with a browser. */
async function visitor(person?: string) {
  const cookie = await login(made, person);
  const get = async (path: string) => await made.app.request(path, { headers: { Cookie: cookie } });
  const html = async (path: string) => await (await get(path)).text();
  return {
    get,
    html,
    /** As the form on the page would send it, with what they typed; `headers` as their browser adds them. */
    async say(page: string, typed: Record<string, string>, headers: Record<string, string> = {}, step = 1) {
      const text = await html(page);
      const [, form = ''] =
        new RegExp(`<form method="post" action="(?:${page}|/runs/[^"]+/steps/${step})"([\\s\\S]*?)</form>`).exec(
          text,
        ) ?? [];
      const hidden = [...form.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)];
      const body = new URLSearchParams({
        ...Object.fromEntries(hidden.map(([, name, value]) => [name, value])),
        ...typed,
      });
      const to = page.startsWith('/decide/') ? page : `/runs/${run.id}/steps/${step}`;
      return await made.app.request(to, { method: 'POST', body, headers: { Cookie: cookie, ...headers } });
    },
  };
}

const stored = async () => (await made.store.get<PlaybookRun>('run', run.id))?.body;
const page = `/runs/${run.id}`;
const agree = { kind: 'approve', reason: 'I see it too' };

describe('a run', () => {
  test('has a page that says what will happen to whom, by which requests, until when, and how to get back', async () => {
    const ann = await visitor('ann');
    for (const path of [page, `/incidents/${incident.id}`]) {
      const html = await ann.html(path);
      expect(problemsOf(html)).toEqual([]);
      expect(html).toContain('/repos/harbor/checkout/actions/runs/9127/cancel');
      expect(html).toContain('run 9127: its 3 jobs stop where they are');
      expect(html).toContain('Waits for 2 people');
      expect(html).toContain('2026-03-02 03:14:08 UTC');
      expect(html).toContain('Agree (1 more person has to)');
      expect(html).toContain('Undo: back to the state before');
      expect(html).toContain('&quot;active&quot;');
    }
    expect(await ann.html(page)).toContain('mara committed on Sunday');
    expect(await ann.html(`/incidents/${incident.id}`)).toMatch(
      /1 step waits for people\.<\/strong>\s*<a href="#step-/,
    );
    expect((await ann.get('/runs/none')).status).toBe(404);
  });

  test('is agreed to by two people, each with a reason that the other reads', async () => {
    const [ann, bob] = [await visitor('ann'), await visitor('bob')];
    const answer = await ann.say(page, agree, { 'sec-fetch-site': 'same-origin', origin: 'null' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(`${page}#step-${run.id}-1`);
    const html = await bob.html(page);
    expect(html).toMatch(/<bdi>ann<\/bdi><\/strong> agreed[\s\S]*I see it too/);
    expect(html).toContain('Waits for 1 person');
    expect(html).toContain('Agree: send 1 request now');
    expect((await bob.say(page, agree)).status).toBe(303);
    expect((await stored())?.steps[0]).toMatchObject({
      status: 'pending',
      approvals: [{ by: 'ann', channel: 'console' }, { by: 'bob' }],
    });
    expect(made.jobs).toHaveLength(2);
    expect(await ann.html(page)).toContain('It is being done');
  });

  test('is refused, and undone', async () => {
    const ann = await visitor('ann');
    expect((await ann.say(page, { kind: 'reject', reason: 'a drill' })).status).toBe(303);
    expect((await ann.say(page, { kind: 'undo', reason: 'a drill' }, {}, 2)).status).toBe(303);
    expect((await stored())?.steps).toMatchObject([{ status: 'skipped' }, { status: 'undoing' }]);
  });

  test('keeps what somebody typed when it is not taken, and says why', async () => {
    const ann = await visitor('ann');
    await ann.say(page, agree);
    expect(await ann.html(page)).toContain('You have agreed: it takes another person');
    const answer = await ann.say(page, { ...agree, reason: 'once more' });
    expect(answer.status).toBe(409);
    const html = await answer.text();
    expect(html).toContain('ann has agreed already: it takes another person');
    expect(html).toContain('once more</textarea>');
    expect(problemsOf(html)).toEqual([]);
    expect(await (await ann.say(page, { ...agree, reason: ' ' })).text()).toContain('say why');
    made.pass(2 * DAY);
    expect(await (await visitor('bob')).html(page)).toContain('The time to agree is over');
  });

  test('takes no word for another plan than the one that was shown', async () => {
    const ann = await visitor('ann');
    const answer = await ann.say(page, { ...agree, plan: 'another' });
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain('no longer what you were shown');
  });

  test('is decided by nobody who has no name, who may not, or whom the incident is about', async () => {
    const looking = await visitor();
    const html = await looking.html(page);
    expect(html).toContain('pipewarden start --login NAME');
    expect(html).not.toContain('<form');
    const mara = await visitor('mara@harbor.example');
    expect(await mara.html(page)).toContain('the incident is about mara@harbor.example');
    expect(await mara.html(page)).not.toContain('<form');

    made = await opened({ deciders: createDeciders([{ person: 'ann' }, { person: 'bob' }], ['ann']) });
    const bob = await visitor('bob');
    expect(await bob.html(page)).toContain('bob is not among those who may decide');
    expect((await stored())?.steps[0]?.approvals).toEqual([]);
  });

  test('listens only to its own pages', async () => {
    const [ann, bob] = [await visitor('ann'), await visitor('bob')];
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
    ]) {
      expect((await ann.say(page, agree, headers)).status).toBe(403);
    }
    const [, token = ''] = /name="token" value="([^"]+)"/.exec(await bob.html(page)) ?? [];
    expect((await ann.say(page, { ...agree, token })).status).toBe(403);
    expect((await ann.say(page, { ...agree, token: '' })).status).toBe(403);
    expect((await ann.say(page, { ...agree, reason: 'x'.repeat(20_000) })).status).toBe(413);
    expect((await ann.say(page, { ...agree, kind: 'delete' })).status).toBe(400);
    expect((await made.app.request(`${page}/steps/1`, { method: 'POST' })).status).toBe(401);
    expect((await stored())?.steps[0]?.approvals).toEqual([]);
  });
});

describe('a link', () => {
  const linkFor = (person?: string, of: PlaybookRun = run, key = KEY) => {
    const signing = { key, random: randomBytes, now: made.now(), ...(person !== undefined && { person }) };
    const [link] = decisionLinks(of, { base: 'https://pipewarden.example/', ...signing });
    expect(link).toMatchObject({
      step: 0,
      url: expect.stringMatching(/^https:\/\/pipewarden\.example\/decide\/[\w.-]+$/),
    });
    return new URL(link?.url ?? '').pathname;
  };

  test('shows the step and asks; who looks ahead at it decides nothing and does not use it up', async () => {
    const link = linkFor();
    const scanner = await made.app.request(link);
    expect(scanner.status).toBe(401);
    expect(await scanner.text()).not.toContain('harbor');
    expect((await made.app.request(link, { method: 'HEAD' })).status).toBe(401);
    const ann = await visitor('ann');
    for (let looks = 0; looks < 3; looks++) {
      const html = await ann.html(link);
      expect(problemsOf(html)).toEqual([]);
      expect(html).toContain('May this be done?');
      expect(html).toContain('/repos/harbor/checkout/actions/runs/9127/cancel');
    }
    expect((await stored())?.steps[0]?.approvals).toEqual([]);
  });

  test('brings to the login, and from there back to the question', async () => {
    const link = linkFor();
    const back = (await made.app.request(link)).headers.get('set-cookie')?.split(';')[0] ?? '';
    const entered = await made.app.request(made.loginPath('ann'), { method: 'POST', headers: { Cookie: back } });
    expect(entered.headers.get('location')).toBe(link);
  });

  test('decides once, in any process', async () => {
    const link = linkFor('ann');
    const ann = await visitor('ann');
    expect((await ann.say(link, { ...agree, reason: '' })).status).toBe(409);
    expect((await ann.say(link, agree)).status).toBe(303);
    expect((await stored())?.steps[0]?.approvals).toMatchObject([{ by: 'ann', channel: 'link' }]);
    const again = await ann.get(link);
    expect(again.status).toBe(410);
    expect(await again.text()).toContain('It was used before');
    expect((await ann.say(link, agree)).status).toBe(410);
    // By another channel neither: the person counts.
    expect((await ann.say(page, agree)).status).toBe(409);
  });

  test('of two who use it at the same moment lets one decide', async () => {
    const link = linkFor();
    const [ann, bob] = [await visitor('ann'), await visitor('bob')];
    const answers = await Promise.all([ann.say(link, agree), bob.say(link, agree)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, expect.toBeOneOf([409, 410])]);
    expect((await stored())?.steps[0]?.approvals).toHaveLength(1);
  });

  test('is nothing when it was changed, is too old, is somebody else’s, or when the plan has changed', async () => {
    const ann = await visitor('ann');
    const link = linkFor();
    const [text = '', mac = ''] = link.slice('/decide/'.length).split('.');
    const claims = JSON.parse(Buffer.from(text, 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, step: 1 })).toString('base64url');
    for (const path of [
      `/decide/${forged}.${mac}`,
      `/decide/${text}`,
      `/decide/${text}.`,
      linkFor(undefined, run, new Uint8Array(32)),
    ]) {
      expect((await ann.get(path)).status).toBe(410);
    }
    const [, token = ''] = made.loginPath('ann').split('token=');
    expect((await ann.get(`/decide/${token}`)).status, 'a login is no decision').toBe(410);
    expect(await (await ann.get(linkFor('bob'))).text()).toContain('It was made for somebody else');

    const changed = { ...run, steps: run.steps.map((step) => ({ ...step, target: { ...step.target, id: 'other' } })) };
    await made.store.put('run', run.id, changed, 'any');
    expect(await (await ann.get(link)).text()).toContain('What would be sent has changed');
    await made.store.put('run', run.id, run, 'any');
    expect((await ann.get(link)).status).toBe(200);
    made.pass(23 * HOUR);
    expect(await (await (await visitor('ann')).get(link)).text()).toContain('its time is over');
  });

  test('is made only for steps that wait', () => {
    const [waiting, done] = run.steps;
    const signing = { key: KEY, random: randomBytes, now: made.now(), base: 'https://p.example' };
    expect(decisionLinks({ ...run, steps: done ? [done] : [] }, signing)).toEqual([]);
    const late = waiting ? [{ ...waiting, expires: '2026-03-01T00:00:00Z' }] : [];
    expect(decisionLinks({ ...run, steps: late }, signing)).toEqual([]);
  });
});
