// The way in: one-time links open sessions, and lead on to the page that was wanted.
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Clock } from '../core/clock.ts';
import { readLogin } from '../core/login-link.ts';
import type { DocumentStore } from '../core/ports/document-store.ts';
import { useOnce, wasUsed } from '../core/single-use.ts';
import { MINUTE, SECOND } from '../core/time.ts';
import { loginAs, loginNeeded } from './pages/notices.ts';
import { SESSION_LIFE, type Session, Sessions } from './sessions.ts';

export interface LoginParts {
  readonly store: DocumentStore;
  readonly clock: Clock;
  /** Cryptographically strong. */
  readonly random: (bytes: number) => Buffer;
  /** Links in are signed with it. */
  readonly key: Uint8Array;
}

export interface Login {
  readonly app: Hono;
  /** Lets only those past who are logged in. */
  readonly only: MiddlewareHandler;
  /** Of who has come past. */
  readonly session: (c: Context) => Session;
}

const COOKIE = 'pipewarden_session';
/** Where somebody wanted to go who had to log in first. */
const BACK = 'pipewarden_back';
const PAGE = /^\/(?:decide|runs|incidents|findings)\/[\w.:-]{1,2000}$/;
/** Whoever follows a link of a mail or a chat is logged in as everywhere: nothing changes by being looked at. */
const COOKIES = { httpOnly: true, sameSite: 'Lax' } as const;

export function createLogin({ store, clock, random, key }: LoginParts): Login {
  const sessions = new Sessions(clock, random);
  const sessionOf = (c: Context) => sessions.of(getCookie(c, COOKIE));
  const app = new Hono();

  app.get('/login', async (c) => {
    const open = sessionOf(c);
    const invited = await invitationOf(c);
    // A link that somebody was sent is looked at by chats and mail scanners too: only their own word uses it up.
    if (invited?.person !== undefined) return c.html(loginAs(invited.person, c.req.query('token') ?? ''));
    if (open) return onwards(c);
    // A HEAD is somebody's look ahead at the link, not its use.
    return invited && c.req.method === 'GET' ? await enter(c) : c.html(loginNeeded(false), 401);
  });
  app.post('/login', async (c) => await enter(c));

  return {
    app,
    session: (c) => sessionOf(c) ?? { formToken: '' },
    async only(c, next) {
      const open = sessionOf(c);
      const comesBack = c.req.method === 'GET' && PAGE.test(c.req.path);
      if (comesBack && open?.person === undefined) {
        setCookie(c, BACK, c.req.path, { ...COOKIES, path: '/login', maxAge: (15 * MINUTE) / SECOND });
      }
      return open ? await next() : c.html(loginNeeded(comesBack), 401);
    },
  };

  async function invitationOf(c: Context) {
    const invited = readLogin({ key, now: clock.now() }, c.req.query('token') ?? '');
    return invited && !(await wasUsed(store, invited.nonce)) ? invited : undefined;
  }

  async function enter(c: Context): Promise<Response> {
    const invited = await invitationOf(c);
    if (!invited || !(await useOnce(store, invited.nonce, clock.now()))) return c.html(loginNeeded(false), 401);
    setCookie(c, COOKIE, sessions.enter(invited.person), { ...COOKIES, path: '/', maxAge: SESSION_LIFE / SECOND });
    return onwards(c);
  }

  function onwards(c: Context): Response {
    const back = getCookie(c, BACK);
    if (back !== undefined) deleteCookie(c, BACK, { path: '/login' });
    return c.redirect(back !== undefined && PAGE.test(back) ? back : '/', 303);
  }
}
