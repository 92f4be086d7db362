// GitLab, as it is acted on. https://docs.gitlab.com/api/rest/authentication/
import { z } from 'zod';
import { secretReference } from '../../core/configuration/secret-reference.ts';
import { createHttpApi } from '../http-api.ts';
import { defineTargetSystem } from './system.ts';

export const gitlab = defineTargetSystem({
  type: 'gitlab',
  title: 'GitLab',
  settings: z.strictObject({
    url: z
      .url({ protocol: /^https?$/ })
      .default('https://gitlab.com')
      .describe('Address of the instance.'),
    token: secretReference.describe('Needs what `pipewarden actions show ID` lists, and no more.'),
  }),
  secrets: ({ token }) => [['gitlab token', token]],
  connect({ url, token }, { secret, ...tools }) {
    return createHttpApi({
      ...tools,
      baseUrl: `${url.replace(/\/+$/, '')}/api/v4`,
      token: () => secret(token),
      show: (value) => ({ 'private-token': value }),
    });
  },
});
