// Kubernetes, as it is acted on. https://kubernetes.io/docs/reference/using-api/api-concepts/
import { z } from 'zod';
import { secretReference } from '../../core/configuration/secret-reference.ts';
import { createHttpApi } from '../http-api.ts';
import { defineTargetSystem } from './system.ts';

export const kubernetes = defineTargetSystem({
  type: 'kubernetes',
  title: 'Kubernetes',
  settings: z.strictObject({
    url: z
      .url({ protocol: /^https?$/ })
      .default('https://kubernetes.default.svc')
      .describe('Its API server; by default as pods see it. Its authority is trusted by `NODE_EXTRA_CA_CERTS`.'),
    token: secretReference.describe(
      'Of a service account that is bound to what `pipewarden actions show ID` lists: `${file:/var/run/secrets/kubernetes.io/serviceaccount/token}`.',
    ),
  }),
  secrets: ({ token }) => [['kubernetes token', token]],
  connect({ url, token }, { secret, ...tools }) {
    return createHttpApi({ ...tools, baseUrl: url, token: () => secret(token) });
  },
});
