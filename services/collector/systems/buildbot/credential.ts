// Who asks Buildbot. Its own sign-in guards what changes something; whoever reaches it may read, unless a proxy before it
// asks for a name and a password: https://docs.buildbot.net/latest/manual/configuration/www.html#authorization-rules
import { basicAuthorization } from '../basic.ts';
import type { Client } from '../client.ts';
import { below } from '../settings.ts';
import type { Surroundings } from '../system.ts';
import type { BuildbotSettings } from './settings.ts';

export function buildbotClient({ url, user, password }: BuildbotSettings, surroundings: Surroundings): Client {
  const baseUrl = below(url, '/api/v2');
  const isAsked = user !== undefined && password !== undefined;
  const headers = () => (isAsked ? { authorization: basicAuthorization(user, surroundings.secret(password)) } : {});
  return surroundings.client({ baseUrl, headers });
}
