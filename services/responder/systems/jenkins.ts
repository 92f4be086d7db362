// Jenkins, as it is acted on. An API token needs no crumb: https://www.jenkins.io/doc/book/security/csrf-protection/
import { z } from 'zod';
import { secretReference } from '../../core/configuration/secret-reference.ts';
import { createHttpApi } from '../http-api.ts';
import { defineTargetSystem } from './system.ts';

export const jenkins = defineTargetSystem({
  type: 'jenkins',
  title: 'Jenkins',
  settings: z.strictObject({
    url: z.url({ protocol: /^https?$/ }).describe('Its address, as in Manage Jenkins → System → Jenkins URL.'),
    user: z.string().min(1).describe('Whose API token it is.'),
    token: secretReference.describe('Needs what `pipewarden actions show ID` lists, and no more.'),
  }),
  secrets: ({ token }) => [['jenkins token', token]],
  connect({ url, token, user }, { secret, ...tools }) {
    return createHttpApi({
      ...tools,
      baseUrl: url,
      token: () => secret(token),
      show: (value) => ({ authorization: `Basic ${Buffer.from(`${user}:${value}`).toString('base64')}` }),
    });
  },
});
