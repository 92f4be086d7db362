// Zips of logs, nearly right: what is read has the length that its list says, and all else is refused.
import assert from 'node:assert/strict';
import { openArchive } from '../../../services/collector/log/archive/archive.ts';
import { jobOf } from '../../../services/collector/log/archive/jobs.ts';
import { problemOf } from '../../../services/collector/log/archive/problem.ts';
import { zeros, zipOf } from '../../helpers/zip.ts';
import { mutatedBytes } from '../mutate.ts';
import type { Target } from '../target.ts';

const MIB = 1024 * 1024;
/** All that these seeds could unpack to, many times over. */
const MOST = 200 * MIB;
const log = '2026-03-01T09:00:00.0000000Z ##[group]Run npm ci\n'.repeat(40);
const seeds = [
  zipOf([
    { name: '0_build.txt', content: log },
    { name: 'build/1_Set up job.txt', content: 'x', stored: true },
  ]),
  zipOf([{ name: '-7_tést.txt', content: log, stored: true }], { comment: 'PK\u0005\u0006' }),
  zipOf([
    { name: '1_a.txt', packed: zeros(2), unpacked: 2 * MIB },
    { name: '2_a.txt', sameAs: 0 },
  ]),
  zipOf([{ name: '3_a.txt', content: log, unpacked: 5 * 1024 * MIB }]),
];

export const archiveTarget: Target = {
  name: 'archives of logs',
  inputs: mutatedBytes(seeds),
  async run(input) {
    if (!(input instanceof Uint8Array)) return;
    let size = 0;
    const files = await openArchive(input, () => true).catch(refused);
    for (const { name, open } of files) {
      jobOf(name, ['build', 'a']);
      for await (const piece of await open().catch(refused)) size += piece.length;
    }
    assert.ok(size < MOST);
  },
};

function refused(error: unknown): never[] {
  if (problemOf(error) === undefined) throw error;
  return [];
}
