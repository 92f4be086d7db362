// The setting `identities`: who is one person in several systems.
import { z } from 'zod';
import { sharedKeys } from '../../core/identity/aliases.ts';
import { PROVIDER_NAMES } from '../../core/identity/providers.ts';
import { distinct } from './distinct.ts';

const ACCOUNT = new RegExp(`^(?:${PROVIDER_NAMES.join('|')}):\\S+$`);

/** An account somewhere, `github:mara`. */
const account = z.string().regex(ACCOUNT, `expected SYSTEM:NAME, where SYSTEM is one of ${PROVIDER_NAMES.join(', ')}`);

const person = z.strictObject({
  person: z
    .string()
    .regex(/^[^\s:#]{1,200}$/, 'expected one word without : and #, or an e-mail address')
    .describe('What they are called from then on; their main e-mail address keeps what was learned of its commits.'),
  logins: z
    .array(account)
    .default([])
    .describe('Logins with their system.')
    .meta({ examples: [['github:mara-l', 'gitlab:mara']] }),
  ids: z
    .array(account)
    .default([])
    .describe('The systems’ own numbers of them: GitLab’s audit events tell nothing else.')
    .meta({ examples: [['gitlab:42']] }),
  emails: z
    .array(z.string().regex(/^[^\s@]+@[^\s@]+$/, 'expected an e-mail address'))
    .default([])
    .describe('Addresses that they commit or sign in with.'),
  keys: z
    .array(z.string().min(1))
    .default([])
    .describe('Keys they sign commits with: SHA256:… of an SSH key, id or fingerprint of an OpenPGP key.'),
});

export const identities = z
  .array(person)
  .refine(distinct('person'), 'two entries have the same person; put what belongs together into one')
  .superRefine((people, context) => {
    for (const { index, key } of sharedKeys(people)) {
      context.addIssue({ code: 'custom', path: [index], message: `${key} is somebody else’s already; give it to one` });
    }
  })
  .default([])
  .describe('Who is one person in several systems. What is not listed here is never guessed from a similar name.');
