// The report of a redaction: what goes wrong with it is said of it.
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openReport } from '../../services/cli/redact/report.ts';

const FULL = '/dev/full';
const match = { kind: 'password', fingerprint: '0123456789abcdef', encodings: [], line: 1, column: 1 };

it.skipIf(!existsSync(FULL))('that cannot be written is named', async () => {
  const report = await openReport(FULL);
  await expect(report.write([match])).rejects.toThrow(/cannot write the report/);
  await report.close();
});

it('that cannot be opened is a mistake of the caller', async () => {
  await expect(openReport('/no/such/folder/report')).rejects.toMatchObject({ code: 'USAGE' });
});
