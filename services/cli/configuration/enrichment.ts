// The setting `enrichment`: databases that tell where addresses are.
import { z } from 'zod';

export const enrichment = z
  .strictObject({
    asn: z
      .string()
      .min(1)
      .optional()
      .describe('Database of autonomous systems.')
      .meta({ examples: ['GeoLite2-ASN.mmdb'] }),
    country: z
      .string()
      .min(1)
      .optional()
      .describe('Database of countries; one file may serve for both.')
      .meta({ examples: ['GeoLite2-Country.mmdb'] }),
  })
  .prefault({})
  .describe(
    'MMDB files on this machine (MaxMind, DB-IP, IPinfo) that tell where an address is, where the record does not. A file that is replaced is read again within a minute.',
  );
