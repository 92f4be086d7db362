// Buildbot, as it is acted on. https://docs.buildbot.net/latest/developer/rest.html
import { z } from 'zod';
import { secretReference } from '../../core/configuration/secret-reference.ts';
import { createHttpApi } from '../http-api.ts';
import { signingIn } from './buildbot-session.ts';
import { defineTargetSystem } from './system.ts';

export const buildbot = defineTargetSystem({
  type: 'buildbot',
  title: 'Buildbot',
  settings: z.strictObject({
    url: z.url({ protocol: /^https?$/ }).describe('Its address.'),
    user: z.string().min(1).describe('Who may control builds and workers.'),
    token: secretReference.describe('Their password.'),
  }),
  secrets: ({ token }) => [['buildbot token', token]],
  connect({ url, token, user }, { secret, ...tools }) {
    const base = url.replace(/\/+$/, '');
    return createHttpApi({
      ...tools,
      fetch: signingIn(base, tools.fetch),
      baseUrl: `${base}/api/v2`,
      token: () => secret(token),
      show: (value) => ({ authorization: `Basic ${Buffer.from(`${user}:${value}`).toString('base64')}` }),
    });
  },
});
