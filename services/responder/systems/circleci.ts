// CircleCI, as it is acted on. https://circleci.com/docs/guides/toolkit/managing-api-tokens/
import { z } from 'zod';
import { secretReference } from '../../core/configuration/secret-reference.ts';
import { createHttpApi } from '../http-api.ts';
import { defineTargetSystem } from './system.ts';

export const circleci = defineTargetSystem({
  type: 'circleci',
  title: 'CircleCI',
  settings: z.strictObject({
    url: z
      .url({ protocol: /^https?$/ })
      .default('https://circleci.com')
      .describe('Address; of a server its own.'),
    token: secretReference.describe('Needs what `pipewarden actions show ID` lists, and no more.'),
  }),
  secrets: ({ token }) => [['circleci token', token]],
  connect({ url, token }, { secret, ...tools }) {
    return createHttpApi({
      ...tools,
      baseUrl: `${url.replace(/\/+$/, '')}/api`,
      token: () => secret(token),
      show: (value) => ({ 'circle-token': value }),
    });
  },
});
