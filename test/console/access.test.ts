import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../services/core/time.ts';
import { consoleUnderTest, login } from '../helpers/console.ts';

describe('who may look', () => {
  it('opens with the link from the terminal, and goes to the incidents', async () => {
    const { app, loginPath } = consoleUnderTest();
    const answer = await app.request(loginPath());
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/');
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^pipewarden_session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/);
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

  it('keeps the newest 16 links and 64 sessions', async () => {
    const made = consoleUnderTest();
    const links = Array.from({ length: 17 }, () => made.loginPath());
    expect((await made.app.request(links[0] ?? '')).status).toBe(401);
    expect((await made.app.request(links[1] ?? '')).status).toBe(303);
    const first = await login(made);
    for (let more = 0; more < 64; more++) await login(made);
    expect((await made.app.request('/', { headers: { Cookie: first } })).status).toBe(401);
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
