// Encrypted connections to a server of ours, as the configuration says them.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { secretReference } from '../../core/configuration/secret-reference.ts';
import { messageOf, PipewardenError } from '../../core/errors.ts';

export const authorities = z
  .string()
  .min(1)
  .describe('PEM file of the authorities that signed the server’s certificate; default: those that Node.js trusts.');

export const tls = z
  .strictObject({
    ca: authorities.optional(),
    certificate: z
      .string()
      .min(1)
      .optional()
      .describe('PEM file of our certificate with its chain, for a server that asks for one.'),
    key: secretReference.optional().describe('The certificate’s key (PEM), as a secret.'),
    server_name: z
      .string()
      .min(1)
      .optional()
      .describe(
        'The name in the server’s certificate, where it is not the one in its address: Sentinels tell numbers.',
      ),
  })
  .refine(
    ({ certificate, key }) => (certificate === undefined) === (key === undefined),
    'a certificate comes with its key: give both, or neither',
  )
  .describe('With it, even empty (`{}`), connections are encrypted.');

/** `setting`: where the path stands in the configuration. Throws CONFIG_INVALID when the file cannot be read. */
export function readPem(setting: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new PipewardenError('CONFIG_INVALID', { problems: `${setting}: ${messageOf(error)}` }, error);
  }
}
