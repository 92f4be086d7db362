// SASL/OAUTHBEARER for kafkajs, whose own takes a broker's refusal for success: a token that is not good is told of in the
// answer (RFC 7628, section 3.2.2), and then the connection only breaks.
import type { AuthenticationProviderArgs, Mechanism } from 'kafkajs';
import { PipewardenError } from '../../core/errors.ts';

const SEPARATOR = '\u0001';
const SIZE_BYTES = 4;

/** `token`: asked at each authentication. Rejects with LOG_REFUSED. */
export function bearerMechanism(token: () => Promise<string>): Mechanism {
  return {
    mechanism: 'OAUTHBEARER',
    authenticationProvider: ({ saslAuthenticate }: AuthenticationProviderArgs) => ({
      async authenticate() {
        const message = Buffer.from(`n,,${SEPARATOR}auth=Bearer ${await token()}${SEPARATOR}${SEPARATOR}`);
        await saslAuthenticate({
          request: { encode: () => sized(message) },
          response: { decode: (raw) => raw, parse: refuse },
        });
      },
    }),
  };
}

function sized(message: Buffer): Buffer {
  const size = Buffer.alloc(SIZE_BYTES);
  size.writeInt32BE(message.length);
  return Buffer.concat([size, message]);
}

/** Nothing but its size means that the token is good; JSON says why it is not. */
function refuse(answer: Buffer): void {
  const status = /"status":\s*"([\w.-]+)"/.exec(answer.toString())?.[1];
  if (status !== undefined) {
    throw new PipewardenError('LOG_REFUSED', { problem: `the brokers do not take the token: ${status}` });
  }
}
