// What the configuration says of a ServiceNow that is read.
import { z } from 'zod';
import { secretReference } from '../../../core/configuration/secret-reference.ts';
import { share, systemName } from '../settings.ts';

export const servicenowSettings = z.strictObject({
  type: z.literal('servicenow').describe('ServiceNow: how the tickets of weaknesses stand.'),
  name: systemName('servicenow'),
  url: z.url({ protocol: /^https?$/ }).describe('Address of the instance: `https://acme.service-now.com`.'),
  user: z
    .string()
    .min(1)
    .optional()
    .describe('Name of the account whose password `token` is; without it, `token` is a REST API key.'),
  token: secretReference.describe('A password or a REST API key; docs/sources.md lists the roles.'),
  tables: z
    .array(z.string().regex(/^[a-z][a-z0-9_]{1,79}$/, 'expected the name of a table: incident'))
    .min(1)
    .default(['incident'])
    .describe('Tables of tasks that are read: `incident`, `problem`, `sn_si_incident`.'),
  query: z
    .string()
    .min(1)
    .max(2_000)
    .refine((query) => !/\^NQ|ORDERBY/.test(query), 'expected conditions alone, without ^NQ and ORDERBY')
    .optional()
    .describe('Only records for which this holds too, as an encoded query: `category=security`.'),
  share,
});

export type ServicenowSettings = z.output<typeof servicenowSettings>;
