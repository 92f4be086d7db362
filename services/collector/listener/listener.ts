// A port that lines are sent to, by what can send nothing else: Vault's socket device, syslog of Jenkins' Audit Trail plugin.
// Nothing is answered, so what a crash takes with it nobody sends again: where a file can be followed, that is better.
import { createSocket } from 'node:dgram';
import {
  type AddressInfo,
  BlockList,
  createServer as createTcpServer,
  isIPv6,
  type Server,
  type Socket,
} from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Clock } from '../../core/clock.ts';
import { PipewardenError, messageOf as wordsOf } from '../../core/errors.ts';
import { SECOND } from '../../core/time.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import type { Collector } from '../host.ts';
import { framesOf } from './frames.ts';
import { messageOf } from './syslog.ts';

export interface ListenerOptions {
  readonly source: string;
  readonly protocol: 'tcp' | 'udp';
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  /** Messages have a syslog header, which is left out. */
  readonly syslog: boolean;
  /** Networks (`10.0.0.0/8`) that may send; empty: whoever reaches the port. */
  readonly allow: readonly string[];
  /** PEM; of TCP alone. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly ca?: string | undefined } | undefined;
  readonly collector: Collector;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
}

export interface Listener {
  readonly address: AddressInfo;
  close(): Promise<void>;
}

const MOST_CONNECTIONS = 100;
/** Datagrams that wait; UDP has no way to ask for patience. */
const MOST_WAITING = 10_000;
const PAUSE = SECOND;

/** Throws PORT_IN_USE. */
export async function startListener(options: ListenerOptions): Promise<Listener> {
  return options.protocol === 'tcp' ? await listenTcp(options) : await listenUdp(options);
}

async function listenTcp(options: ListenerOptions): Promise<Listener> {
  const { host, port, tls, telemetry, source } = options;
  const isAllowed = allowing(options.allow);
  const closing = new AbortController();
  const open = new Map<Socket, Promise<void>>();
  const take = (socket: Socket) => {
    socket.on('error', () => undefined);
    if (open.size >= MOST_CONNECTIONS || !isAllowed(socket.remoteAddress ?? '')) {
      telemetry.metrics.recordsRefused.inc({ source, reason: 'not_allowed' });
      socket.destroy();
      return;
    }
    open.set(
      socket,
      read(socket, options, closing.signal).finally(() => open.delete(socket)),
    );
  };
  const { cert, key, ca } = tls ?? {};
  const server = tls
    ? createTlsServer({ cert, key, ...(ca !== undefined && { ca, requestCert: true, rejectUnauthorized: true }) }, take)
    : createTcpServer(take);
  await bound(server, host, port);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new PipewardenError('INTERNAL', { problem: 'no address' });
  return {
    address,
    async close() {
      closing.abort();
      server.close();
      for (const socket of open.keys()) socket.destroy();
      await Promise.all(open.values());
    },
  };
}

/** Reads on when what was read is durable: a sender that is too fast has to wait. */
async function read(socket: Socket, options: ListenerOptions, signal: AbortSignal): Promise<void> {
  try {
    for await (const messages of framesOf(socket)) await ingest(messages, options, signal);
  } catch (error) {
    if (signal.aborted) return;
    // The connection broke: what came whole is there.
    options.telemetry.log.debug('A sender of lines went away', { source: options.source, problem: wordsOf(error) });
  }
}

async function listenUdp(options: ListenerOptions): Promise<Listener> {
  const { host, port, telemetry, source } = options;
  const isAllowed = allowing(options.allow);
  const closing = new AbortController();
  let waiting: string[] = [];
  let working: Promise<void> | undefined;
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
  const work = async () => {
    while (waiting.length > 0 && !closing.signal.aborted) {
      const messages = waiting;
      waiting = [];
      await ingest(messages, options, closing.signal);
    }
    working = undefined;
  };
  socket.on('message', (bytes, { address }) => {
    const reason = !isAllowed(address) ? 'not_allowed' : waiting.length >= MOST_WAITING ? 'overflow' : undefined;
    if (reason !== undefined) {
      telemetry.metrics.recordsRefused.inc({ source, reason });
      return;
    }
    const text = bytes.toString('utf8').trim();
    if (text !== '') waiting.push(text);
    working ??= work().catch(() => undefined);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', (error) => reject(taken(error, host, port)));
    socket.bind(port, host, resolve);
  });
  return {
    address: socket.address(),
    async close() {
      closing.abort();
      socket.close();
      await working;
    },
  };
}

/** Until it is durable, or the signal: nobody would send it again. */
async function ingest(messages: readonly string[], options: ListenerOptions, signal: AbortSignal): Promise<void> {
  const { source, syslog, collector, clock, telemetry } = options;
  const received_at = clock.now();
  const records = messages.map((text) => ({ source, received_at, body: syslog ? messageOf(text) : text }));
  for (;;) {
    try {
      await collector.ingest(records, signal);
      telemetry.metrics.recordsReceived.inc({ source }, records.length);
      return;
    } catch (error) {
      signal.throwIfAborted();
      telemetry.log.warn('Lines could not be kept yet', { source, lines: records.length, problem: wordsOf(error) });
      await clock.sleep(PAUSE, signal);
    }
  }
}

function allowing(networks: readonly string[]): (address: string) => boolean {
  if (networks.length === 0) return () => true;
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    list.addSubnet(address, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family);
  }
  return (address) => {
    const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
    return list.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4');
  };
}

async function bound(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(taken(error, host, port)));
    server.listen(port, host, resolve);
  });
}

function taken(error: Error, host: string, port: number): Error {
  const isTaken = 'code' in error && error.code === 'EADDRINUSE';
  return isTaken ? new PipewardenError('PORT_IN_USE', { port, host, option: 'listeners' }, error) : error;
}
