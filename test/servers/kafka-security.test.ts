// TLS and every SASL mechanism against a real broker, by the configuration as a user writes it.
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openKafkaEventLog } from '../../services/adapters/event-log/kafka.ts';
import { configurationSchema } from '../../services/cli/configuration.ts';
import { kafkaOptions } from '../../services/cli/ports/kafka.ts';
import { resolveSecret } from '../../services/core/configuration/secret-reference.ts';
import type { EventLog } from '../../services/core/ports/event-log.ts';
import { silentLog } from '../../services/telemetry/log.ts';
import { expectEchoedOnce, numbered, openEcho } from '../contracts/event-log/stage.ts';
import { type Authority, createAuthority, type Signed } from '../helpers/certificates.ts';
import { type KafkaServer, kafkaMissing, startKafka } from './kafka-server.ts';

const missing = kafkaMissing();

/** As a generator of passwords makes them: with what base64 has besides letters. */
const password = `${randomBytes(24).toString('base64')}/+=`;
const clientSecret = randomBytes(24).toString('base64');

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** Unsigned (RFC 7515, appendix A.5), which is what a broker without further settings takes. */
function unsignedToken(livesForSeconds: number): string {
  const now = Math.floor(Date.now() / 1000);
  return `${base64url({ alg: 'none' })}.${base64url({ sub: 'pipewarden', iat: now, exp: now + livesForSeconds })}.`;
}

describe.skipIf(missing)(`Kafka behind locks${missing ? ` (left out: ${missing})` : ''}`, () => {
  let authority: Authority;
  let client: Signed;
  let server: KafkaServer;
  let endpoint: Server;
  const asked: string[] = [];

  beforeAll(async () => {
    authority = await createAuthority();
    client = await authority.sign('client');
    const { both: keystore } = await authority.sign('broker');
    server = await startKafka({ keystore, truststore: authority.ca, users: { pipewarden: password } });
    endpoint = createServer((request, response) => {
      request.setEncoding('utf8').on('data', (text: string) => asked.push(text));
      const wanted = `Basic ${Buffer.from(`pipewarden:${encodeURIComponent(clientSecret)}`).toString('base64')}`;
      request.on('end', () => {
        const known = request.headers.authorization === wanted;
        response.writeHead(known ? 200 : 401, { 'content-type': 'application/json' });
        response.end(JSON.stringify(known ? { access_token: unsignedToken(300), expires_in: 300 } : {}));
      });
    });
    endpoint.listen(0, '127.0.0.1');
    await once(endpoint, 'listening');
  });

  afterAll(async () => {
    endpoint?.close();
    await server?.stop();
    await authority?.remove();
  });

  const env = () => ({
    PASSWORD: password,
    WRONG: `${password}x`,
    TOKEN: unsignedToken(300),
    EXPIRED: unsignedToken(-300),
    CLIENT_SECRET: clientSecret,
    CLIENT_KEY: readFileSync(client.key, 'utf8'),
  });

  async function open(brokers: readonly string[], more: Readonly<Record<string, unknown>>): Promise<EventLog> {
    const event_log = { type: 'kafka', brokers, prefix: `${randomUUID()}.`, ...more };
    const { event_log: configured } = configurationSchema.parse({ event_log });
    if (configured.type !== 'kafka') throw new Error('it is Kafka');
    return await openKafkaEventLog(kafkaOptions(configured, (reference) => resolveSecret(reference, env()), silentLog));
  }

  /** Everything that connects: append, read, a group's member, a transaction. */
  async function works(log: EventLog): Promise<void> {
    const inputs = numbered('v', 20, 4);
    await log.append('activity', inputs);
    const consumer = await log.subscribe({
      group: 'worker',
      topic: 'activity',
      open: async (assignment) => ({ process: await openEcho(assignment) }),
    });
    await consumer.caughtUp();
    await expectEchoedOnce(log, inputs);
    await log.close();
  }

  const trusted = () => ({ ca: authority.ca });

  test.for(['plain', 'scram-sha-256', 'scram-sha-512'])('%s lets in who knows the password', async (mechanism) => {
    const sasl = (reference: string) => ({ mechanism, username: 'pipewarden', password: reference });
    await works(await open(server.secure.sasl, { tls: trusted(), sasl: sasl('${env:PASSWORD}') }));
    await expect(open(server.secure.sasl, { tls: trusted(), sasl: sasl('${env:WRONG}') })).rejects.toMatchObject({
      code: 'LOG_REFUSED',
    });
  });

  test('oauthbearer lets in who has a token', async () => {
    const sasl = (token: string) => ({ mechanism: 'oauthbearer', token });
    await works(await open(server.secure.sasl, { tls: trusted(), sasl: sasl('${env:TOKEN}') }));
    await expect(open(server.secure.sasl, { tls: trusted(), sasl: sasl('${env:EXPIRED}') })).rejects.toMatchObject({
      code: 'LOG_REFUSED',
    });
  });

  test('oauthbearer asks a token endpoint, once for all connections while the token is good', async () => {
    const address = endpoint.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const sasl = (client_secret: string) => ({
      mechanism: 'oauthbearer',
      token_url: `http://127.0.0.1:${port}/token`,
      client_id: 'pipewarden',
      client_secret,
      scope: 'kafka',
    });
    await works(await open(server.secure.sasl, { tls: trusted(), sasl: sasl('${env:CLIENT_SECRET}') }));
    expect(asked).toEqual(['grant_type=client_credentials&scope=kafka']);
    await expect(open(server.secure.sasl, { tls: trusted(), sasl: sasl('${env:WRONG}') })).rejects.toMatchObject({
      message: expect.stringContaining('answered 401'),
    });
  });

  test('a client certificate is shown to a broker that asks for one', async () => {
    const certificate = { certificate: client.certificate, key: '${env:CLIENT_KEY}' };
    await works(await open(server.secure.certificate, { tls: { ...trusted(), ...certificate } }));
    await expect(open(server.secure.certificate, { tls: trusted() })).rejects.toMatchObject({
      code: 'LOG_UNAVAILABLE',
    });
  });

  test('a broker whose certificate nobody vouches for is told nothing', async () => {
    const sasl = { mechanism: 'plain', username: 'pipewarden', password: '${env:PASSWORD}' };
    await expect(open(server.secure.sasl, { tls: {}, sasl })).rejects.toMatchObject({
      code: 'LOG_UNAVAILABLE',
      message: expect.stringMatching(/certificate/),
    });
  });
});
