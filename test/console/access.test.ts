import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { loginPath } from '../../services/core/login-link.ts';
import { HOUR, MINUTE } from '../../services/core/time.ts';
import { consoleUnderTest, KEY, login } from '../helpers/console.ts';
import { problemsOf } from '../helpers/markup.ts';

describe('who may look', () => {
  it('opens with the link from the terminal, and goes to the incidents', async () => {
    const { app, loginPath } = consoleUnderTest();
    const answer = await app.request(loginPath());
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/');
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^pipewarden_session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/);
    expect((await app.request('/', { headers: { Cookie: cookie.split(';')[0] ?? '' } })).status).toBe(200);
  });

  it('takes a link once', async () => {
    const { app, loginPath } = consoleUnderTest();
    const path = loginPath();
    expect((await app.request(path)).status).toBe(303);
    const again = await app.request(path);
    expect(again.status).toBe(401);
    expect(again.headers.get('set-cookie')).toBeNull();
  });

  it('sends somebody who is in already onwards, when the old link is opened again', async () => {
    const made = consoleUnderTest();
    const cookie = await login(made);
    expect((await made.app.request('/login?token=old', { headers: { Cookie: cookie } })).status).toBe(303);
  });

  it('does not spend a link on a look ahead', async () => {
    const { app, loginPath } = consoleUnderTest();
    const path = loginPath();
    expect((await app.request(path, { method: 'HEAD' })).status).toBe(401);
    expect((await app.request(path)).status).toBe(303);
  });

  it('forgets a link after 15 minutes', async () => {
    const made = consoleUnderTest();
    const path = made.loginPath();
    made.pass(15 * MINUTE);
    expect((await made.app.request(path)).status).toBe(401);
  });

  it('ends a session after 12 hours', async () => {
    const made = consoleUnderTest();
    expect((await made.get('/')).status).toBe(200);
    made.pass(12 * HOUR);
    expect((await made.get('/')).status).toBe(401);
  });

  it('keeps the newest 64 sessions', async () => {
    const made = consoleUnderTest();
    const first = await login(made);
    for (let more = 0; more < 64; more++) await login(made);
    expect((await made.app.request('/', { headers: { Cookie: first } })).status).toBe(401);
  });

  it('takes links of another process with the same key, once in all of them, and of no other key', async () => {
    const made = consoleUnderTest();
    const path = loginPath({ key: KEY, random: randomBytes, now: made.now() }, 'mara');
    const other = consoleUnderTest({ store: made.store });
    const answers = await Promise.all(
      [made, other].map(async ({ app }) => await app.request(path, { method: 'POST' })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 401]);
    const foreign = loginPath({ key: new Uint8Array(32), random: randomBytes, now: made.now() }, 'mara');
    expect((await made.app.request(foreign)).status).toBe(401);
    expect((await made.app.request(foreign, { method: 'POST' })).status).toBe(401);
  });

  it('says who is in, and lets somebody who only looks become somebody', async () => {
    const made = consoleUnderTest();
    expect(await made.html('/')).toContain('only looking');
    const cookie = await login(made);
    const answer = await made.app.request(made.loginPath('mara'), { method: 'POST', headers: { Cookie: cookie } });
    const mara = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    expect(await (await made.app.request('/', { headers: { Cookie: mara } })).text()).toContain(
      'you are <bdi>mara</bdi>',
    );
    const kept = await made.app.request(made.loginPath(), { headers: { Cookie: mara } });
    expect(kept.headers.get('location')).toBe('/');
    expect(kept.headers.get('set-cookie')).toBeNull();
  });

  it('does not use up a person’s link by looking at it, as chats and scanners of mails do', async () => {
    const { app, loginPath: pathFor } = consoleUnderTest();
    const path = pathFor('<mara>');
    for (let looks = 0; looks < 3; looks++) {
      const html = await (await app.request(path)).text();
      expect(problemsOf(html)).toEqual([]);
      expect(html).toContain('Log in as <bdi>&lt;mara&gt;</bdi>');
    }
    const elsewhere = { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } };
    expect((await app.request(path, elsewhere)).status).toBe(403);
    expect((await app.request(path, { method: 'POST' })).status).toBe(303);
    expect((await app.request(path)).status).toBe(401);
  });

  it('brings people back to the page that they wanted, and never elsewhere', async () => {
    const made = consoleUnderTest();
    const asked = await made.app.request('/incidents/abc');
    expect(await asked.text()).toContain('you come back to here');
    const back = asked.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(back).toBe('pipewarden_back=%2Fincidents%2Fabc');
    const location = async (cookie: string) =>
      (await made.app.request(made.loginPath(), { headers: { Cookie: cookie } })).headers.get('location');
    expect(await location(back)).toBe('/incidents/abc');
    for (const evil of ['//evil.example/x', 'https://evil.example', '/runs/../x', '/login?token=x']) {
      expect(await location(`pipewarden_back=${encodeURIComponent(evil)}`), evil).toBe('/');
    }
  });

  it('answers nothing else without a session, whatever is asked', async () => {
    const { app } = consoleUnderTest();
    for (const path of [
      '/',
      '/incidents/x',
      '/findings/x',
      '/nowhere',
      '/login',
      '/login?token=',
      '/login?token=wrong',
    ]) {
      const answer = await app.request(path);
      expect(answer.status, path).toBe(401);
      expect(await answer.text()).toContain('A login link is needed');
    }
    const stranger = await app.request('/', { headers: { Cookie: 'pipewarden_session=guess' } });
    expect(stranger.status).toBe(401);
  });
});

describe('machines', () => {
  it('ask whether it is healthy and ready', async () => {
    expect((await consoleUnderTest().app.request('/-/healthy')).status).toBe(200);
    expect((await consoleUnderTest().app.request('/-/ready')).status).toBe(200);
    const parts = [{ name: 'store', ok: false, note: 'disk full' }];
    const ill = await consoleUnderTest({ health: () => ({ ready: false, parts }) }).app.request('/-/ready');
    expect(ill.status).toBe(503);
    expect(await ill.json()).toEqual({ ready: false, parts });
  });

  it('read the metrics', async () => {
    const answer = await consoleUnderTest().app.request('/metrics');
    expect(answer.headers.get('content-type')).toContain('text/plain');
    expect(await answer.text()).toContain('# HELP pipewarden_findings_total');
  });
});

describe('every answer', () => {
  it('forbids scripts, frames, sniffing, referrers and caches', async () => {
    const made = consoleUnderTest();
    const answers = [await made.get('/'), await made.app.request('/'), await made.app.request('/-/healthy')];
    answers.push(await made.get('/nowhere'), await made.app.request('/', { method: 'POST' }));
    for (const { headers } of answers) {
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(policy).not.toContain('script-src');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  it('is refused to a host name that was re-pointed here', async () => {
    const { app } = consoleUnderTest({ hosts: ['console.harbor.example'] });
    const asked = async (host: string) => (await app.request('/-/healthy', { headers: { Host: host } })).status;
    for (const host of ['localhost', 'localhost:7117', '127.0.0.1:7117', '[::1]:7117', 'Console.harbor.example']) {
      expect(await asked(host), host).toBe(200);
    }
    for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:7117', '', '0.0.0.0']) {
      expect(await asked(host), host).toBe(421);
    }
  });

  it('is only to reads', async () => {
    const { app } = consoleUnderTest();
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const answer = await app.request('/', { method });
      expect(answer.status, method).toBe(405);
      expect(answer.headers.get('allow')).toBe('GET, HEAD');
    }
  });
});
