// Buildbot takes a name and a password at its sign-in alone, and knows who asks by a cookie from there on.
// https://docs.buildbot.net/latest/manual/configuration/www.html#authentication-plugins (UserPasswordAuth and others)

/**
 * Sends requests as they are, and again behind a sign-in where the answer is 403. So a Buildbot that asks nobody, or one
 * behind a proxy that asks for itself, is never signed in to. `base`: its address.
 */
export function signingIn(base: string, fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  let cookie: string | undefined;

  async function signIn(init: RequestInit): Promise<string | undefined> {
    const authorization = new Headers(init.headers).get('authorization') ?? '';
    const { signal } = init;
    const answer = await fetch(`${base}/auth/login`, {
      headers: { authorization },
      redirect: 'manual',
      ...(signal && { signal }),
    });
    await answer.body?.cancel();
    // Nobody's session comes first, then ours, both by the same name.
    const session = answer.headers.getSetCookie().at(-1)?.split(';', 1)[0];
    return answer.status < 400 ? session : undefined;
  }

  async function send(input: string | URL | Request, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    if (cookie !== undefined) headers.set('cookie', cookie);
    return await fetch(input, { ...init, headers });
  }

  return async (input, init = {}) => {
    const answer = await send(input, init);
    if (answer.status !== 403) return answer;
    // Refused for who asks, so not done: it may be sent again.
    const renewed = await signIn(init);
    if (renewed === undefined) return answer;
    cookie = renewed;
    await answer.body?.cancel();
    return await send(input, init);
  };
}
