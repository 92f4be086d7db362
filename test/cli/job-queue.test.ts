// The job queue and the shared key in the configuration file.
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { secretsOf } from '../../services/cli/configuration/secrets.ts';
import { configurationSchema } from '../../services/cli/configuration.ts';
import { redisConnection } from '../../services/cli/ports/redis.ts';
import { keyOf } from '../../services/cli/redaction.ts';
import { resolveSecret } from '../../services/core/configuration/secret-reference.ts';

const env = { A: 'one', B: 'two', URL: 'redis://h' };

function queue(setting: object) {
  const configuration = configurationSchema.parse({ job_queue: { type: 'bullmq', ...setting } });
  const { job_queue } = configuration;
  if (job_queue.type !== 'bullmq') throw new Error('not what was set');
  return { configuration, connection: () => redisConnection(job_queue, (reference) => resolveSecret(reference, env)) };
}

describe('job_queue', () => {
  test('leads to a Sentinel group, every secret by reference', () => {
    const sentinel = { nodes: ['s-1:26379', '[::1]:26379'], name: 'jobs', password: '${env:A}' };
    const { configuration, connection } = queue({ sentinel, username: 'pw', password: '${env:B}', tls: {} });
    expect(connection()).toEqual({
      username: 'pw',
      password: 'two',
      tls: {},
      sentinel: {
        nodes: [
          { host: 's-1', port: 26379 },
          { host: '::1', port: 26379 },
        ],
        name: 'jobs',
        password: 'one',
      },
    });
    expect(secretsOf(configuration).map(([name]) => name)).toEqual(['redis password', 'sentinel password']);
  });

  test.each([
    [{}, 'give one of url, sentinel and cluster'],
    [{ url: '${env:URL}', cluster: ['h:1'] }, 'give one of url, sentinel and cluster'],
    [{ cluster: ['no-port'] }, 'expected HOST:PORT'],
    [{ url: '${env:URL}', tls: { certificate: 'c.pem' } }, 'a certificate comes with its key'],
    [{ url: 'redis://h' }, 'expected a reference'],
    [{ url: '${env:URL}', prefix: 'a b' }, 'expected letters'],
  ])('%o is refused', (setting, problem) => {
    expect(() => queue(setting)).toThrow(problem);
  });

  test('a certificate that is not there is told', () => {
    const { connection } = queue({ url: '${env:URL}', tls: { ca: '/nowhere/ca.pem' } });
    expect(connection).toThrow(/job_queue\.tls\.ca: ENOENT/);
  });
});

describe('redaction.key', () => {
  const of = (value: string) =>
    keyOf(
      {
        configuration: configurationSchema.parse({ redaction: { key: '${env:KEY}' } }),
        data: '/nowhere',
        sample: false,
      },
      { of: (reference) => resolveSecret(reference, { KEY: value }) },
    );

  test('is the same for all who have it', () => {
    const key = randomBytes(32);
    expect(Buffer.from(of(key.toString('base64'))).equals(key)).toBe(true);
  });

  test('of another length is refused, and not told', () => {
    const short = randomBytes(16).toString('base64');
    expect(() => of(short)).toThrow(/^redaction\.key is not 32 bytes in base64: make one with `openssl rand/);
  });
});
