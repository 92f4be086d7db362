// GitHub, as it is acted on. https://docs.github.com/en/rest/about-the-rest-api/api-versions
import { z } from 'zod';
import { secretReference } from '../../core/configuration/secret-reference.ts';
import { createHttpApi } from '../http-api.ts';
import { defineTargetSystem } from './system.ts';

export const github = defineTargetSystem({
  type: 'github',
  title: 'GitHub',
  settings: z.strictObject({
    url: z
      .url({ protocol: /^https?$/ })
      .default('https://api.github.com')
      .describe('Of an Enterprise Server `https://HOST/api/v3`.'),
    token: secretReference.describe('Needs what `pipewarden actions show ID` lists, and no more.'),
  }),
  secrets: ({ token }) => [['github token', token]],
  connect({ url, token }, { secret, ...tools }) {
    return createHttpApi({
      ...tools,
      baseUrl: url,
      token: () => secret(token),
      headers: { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' },
    });
  },
});
