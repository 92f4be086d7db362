// One request to a secret manager and its answer: within bounds of time and size, over TLS, to that address alone.
import { request as plainly } from 'node:http';
import { type RequestOptions, request as securely } from 'node:https';
import { BlockList, isIP } from 'node:net';
import { causeOf, PipewardenError } from '../../core/errors.ts';
import { SECOND } from '../../core/time.ts';

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Certificates of the authorities that are trusted, PEM, instead of those that Node.js knows. */
  readonly ca?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/**
 * A redirect is an answer like any other. Rejects with API_UNREACHABLE, API_UNEXPECTED (too large) or CONFIG_INVALID (an
 * address without TLS), and with the signal's reason.
 */
export type Ask = (request: Request, signal: AbortSignal) => Promise<Answer>;

/** Of the whole exchange. */
const PATIENCE = 10 * SECOND;
/** The largest secret of any manager is one of Vault's, by default 1 MiB less a bit. */
const LARGEST = 2 * 1024 * 1024;

/** This machine, and where clouds serve a machine its own credentials: nobody else is on the way. */
const NEAR = new BlockList();
NEAR.addSubnet('127.0.0.0', 8);
NEAR.addSubnet('169.254.0.0', 16);
NEAR.addAddress('::1', 'ipv6');
NEAR.addSubnet('fe80::', 10, 'ipv6');
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
NEAR.addSubnet('fd00:ec2::', 32, 'ipv6');

export const askHttp: Ask = async (request, signal) => {
  const { method, headers, body, ca } = request;
  const url = addressOf(request);
  const near = isNear(url);
  if (url.protocol !== 'https:' && !near) {
    const problems = `${url.origin} is no https:// address: whoever is on the way could read the secrets`;
    throw new PipewardenError('CONFIG_INVALID', { problems });
  }
  const late = AbortSignal.timeout(PATIENCE);
  const options: RequestOptions = {
    method,
    signal: AbortSignal.any([signal, late]),
    ...(headers && { headers }),
    ...(ca !== undefined && { ca }),
    // Never through a proxy.
    ...(near && { agent: false }),
  };
  try {
    return await new Promise<Answer>((resolve, reject) => {
      const sent = url.protocol === 'https:' ? securely(url, options) : plainly(url, options);
      sent.once('error', reject);
      sent.once('response', (response) => {
        const pieces: Buffer[] = [];
        let size = 0;
        response.once('error', reject).on('data', (piece: Buffer) => {
          size += piece.length;
          if (size > LARGEST) return void response.destroy(tooLarge(request));
          pieces.push(piece);
        });
        response.once('end', () => {
          const { statusCode: status = 0, headers: told } = response;
          resolve({ status, headers: told, text: Buffer.concat(pieces).toString('utf8') });
        });
      });
      sent.end(body);
    });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof PipewardenError) throw error;
    const problem = late.aborted ? `no answer within ${PATIENCE / SECOND} s` : causeOf(error);
    // Without `cause`: what the client threw may hold the request.
    throw new PipewardenError('API_UNREACHABLE', { ...asked(request), problem });
  }
};

/** What an error may say of a request. */
export function asked({ method, url }: Request) {
  return { method, path: URL.parse(url)?.pathname ?? 'an address' };
}

function addressOf({ url }: Request): URL {
  const address = URL.parse(url);
  if (address?.protocol === 'https:' || address?.protocol === 'http:') return address;
  throw new PipewardenError('CONFIG_INVALID', { problems: 'the address of a secret manager is no http(s) address' });
}

function isNear({ hostname }: URL): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (host === 'localhost') return true;
  const version = isIP(host);
  return version !== 0 && NEAR.check(host, version === 6 ? 'ipv6' : 'ipv4');
}

function tooLarge(request: Request): PipewardenError {
  return new PipewardenError('API_UNEXPECTED', { ...asked(request), problem: `more than ${LARGEST} bytes` });
}
