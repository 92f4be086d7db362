// What the configuration says of a bucket that is read.
import { z } from 'zod';
import { secretReference } from '../../../core/configuration/secret-reference.ts';

export const BUCKET_SOURCES = ['aws.cloudtrail', 'github.audit', 'circleci.audit'] as const;

export const bucketSettings = z
  .strictObject({
    type: z.literal('bucket').describe('A bucket that a system writes its audit log into.'),
    name: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,40}$/, 'expected lower-case letters, digits and -, beginning with a letter')
      .default('bucket')
      .describe('What it is called here; what was read is remembered under this name.'),
    source: z.enum(BUCKET_SOURCES).describe('What lies in it.'),
    store: z.enum(['s3', 'azure-blob']).describe('s3: Amazon S3, or a store that speaks its language.'),
    bucket: z
      .string()
      .regex(/^[a-z0-9$][a-z0-9.-]{1,62}$/, 'expected the name of a bucket or container')
      .describe('Its name; at Azure that of the container.'),
    region: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/, 'expected a region such as eu-central-1')
      .default('us-east-1')
      .describe('Of the bucket, at S3.'),
    endpoint: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe(
        'Address of the store: at Azure `https://ACCOUNT.blob.core.windows.net`; at S3 only for others than Amazon.',
      ),
    prefix: z.string().max(1_000).default('').describe('Only objects whose names begin so: `AWSLogs/`.'),
    access_key: secretReference.optional().describe('Access key id, at S3.'),
    secret_key: secretReference.optional().describe('Secret access key, at S3.'),
    session_token: secretReference.optional().describe('Session token of a temporary credential, at S3.'),
    sas: secretReference.optional().describe('Shared access signature that may list and read, at Azure.'),
    every: z.number().int().min(10).max(86_400).default(60).describe('Seconds between two looks.'),
    ordered: z
      .boolean()
      .optional()
      .describe(
        'Whether folders are named by year, month and day, so that old ones need not be listed again; by default true, and false for circleci.audit.',
      ),
  })
  .refine(
    ({ store, access_key, secret_key, sas }) =>
      store === 's3'
        ? access_key !== undefined && secret_key !== undefined && sas === undefined
        : sas !== undefined && access_key === undefined && secret_key === undefined,
    's3 takes access_key and secret_key, azure-blob takes sas',
  )
  .refine(({ store, endpoint }) => store === 's3' || endpoint !== undefined, 'azure-blob takes an endpoint');

export type BucketSettings = z.output<typeof bucketSettings>;
