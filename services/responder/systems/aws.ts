// AWS, as it is acted on. One account: that of the credential.
import { z } from 'zod';
import { awsCredential, type Temporary } from '../../adapters/secrets/aws/credential.ts';
import { createExpiring, type Expiring } from '../../adapters/secrets/expiring.ts';
import { secretReference } from '../../core/configuration/secret-reference.ts';
import { createAwsApi } from './aws-api.ts';
import { type ConnectTools, defineTargetSystem } from './system.ts';

const settings = z
  .strictObject({
    region: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/, 'expected a region such as eu-central-1')
      .default('us-east-1')
      .describe('Any of its regions; those of China and of the US government have addresses of their own.'),
    access_key: secretReference
      .optional()
      .describe('Access key id. Without one the credential is looked for as for secrets of AWS.'),
    secret_key: secretReference.optional().describe('Needs what `pipewarden actions show ID` lists, and no more.'),
    session_token: secretReference.optional().describe('Of a temporary credential.'),
  })
  .refine(
    ({ access_key, secret_key }) => (access_key === undefined) === (secret_key === undefined),
    'access_key and secret_key belong together',
  );

export const aws = defineTargetSystem({
  type: 'aws',
  title: 'AWS',
  settings,
  secrets: ({ access_key, secret_key, session_token }) =>
    Object.entries({
      'aws access key': access_key,
      'aws secret key': secret_key,
      'aws session token': session_token,
    }).flatMap(([name, reference]) => (reference === undefined ? [] : [[name, reference]])),
  connect(given, tools) {
    const { world, userAgent } = tools;
    const credentials =
      configured(given, tools) ?? createExpiring((signal) => awsCredential(world, signal), world.clock);
    return createAwsApi({ world, credentials, region: given.region, userAgent });
  },
});

/** Of references; undefined where there are none. Read anew before it is used again after it was refused. */
function configured(
  { access_key, secret_key, session_token }: z.output<typeof settings>,
  { secret, renew }: ConnectTools,
): Expiring<Temporary> | undefined {
  if (access_key === undefined || secret_key === undefined) return undefined;
  let isRefused = false;
  return {
    async get() {
      if (isRefused) await renew();
      isRefused = false;
      return {
        accessKey: secret(access_key),
        secretKey: secret(secret_key),
        sessionToken: session_token === undefined ? undefined : secret(session_token),
        expires: Number.POSITIVE_INFINITY,
      };
    },
    forget() {
      isRefused = true;
    },
  };
}
