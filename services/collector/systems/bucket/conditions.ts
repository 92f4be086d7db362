// What has to be so for a bucket to be read: it can be listed, and an object in it can be read.
import { PipewardenError } from '../../../core/errors.ts';
import type { Condition } from '../system.ts';
import type { Bucket } from './reading.ts';

export function bucketConditions({ settings, store }: Bucket): readonly Condition[] {
  const { name, bucket, prefix } = settings;
  const isS3 = settings.store === 's3';
  const some = (signal: AbortSignal) => store.list({ prefix, most: 10 }, signal);
  return [
    {
      name: `list of ${name}`,
      async problem(signal) {
        await some(signal).catch(denied(isS3 ? `s3:ListBucket on ${bucket}` : 'List on the container'));
        return undefined;
      },
    },
    {
      name: `objects of ${name}`,
      async problem(signal) {
        const { objects } = await some(signal);
        const one = objects.find(({ size }) => size > 0);
        if (!one) return undefined;
        const needs = isS3 ? `s3:GetObject on ${bucket}/${prefix}*` : 'Read on the container';
        const bytes = await store.read(one.key, signal).catch(denied(needs));
        await bytes?.next();
        await bytes?.return(undefined);
        return undefined;
      },
    },
  ];
}

function denied(needs: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof PipewardenError) || error.code !== 'API_REFUSED') throw error;
    throw new PipewardenError('API_REFUSED', {
      ...error.data,
      problem: `${String(error.data.problem)}. It needs: ${needs}`,
    });
  };
}
