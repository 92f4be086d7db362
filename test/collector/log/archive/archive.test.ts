// Archives of logs as they are, and as nobody should send them: what is right is read, what is not is refused by a reason.
import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { openArchive } from '../../../../services/collector/log/archive/archive.ts';
import { jobNameIn, jobOf } from '../../../../services/collector/log/archive/jobs.ts';
import { problemOf } from '../../../../services/collector/log/archive/problem.ts';
import { wholeZip } from '../../../../services/collector/log/archive/zipped.ts';
import { randomFrom } from '../../../helpers/random.ts';
import { type ZippedFile, zeros, zipOf } from '../../../helpers/zip.ts';

const MIB = 1024 * 1024;
const log = 'it is\n'.repeat(10_000);

/** Of each file the length of its content, or why it has none; of an archive that is refused, why. */
async function read(zip: Uint8Array): Promise<Readonly<Record<string, number | string>> | string> {
  try {
    const found: Record<string, number | string> = {};
    for (const { name, open } of await openArchive(zip, () => true)) {
      try {
        let length = 0;
        for await (const piece of await open()) length += piece.length;
        found[name] = length;
      } catch (error) {
        found[name] = problemOf(error) ?? 'thrown';
      }
    }
    return found;
  } catch (error) {
    const problem = problemOf(error);
    if (problem === undefined) throw error;
    return problem;
  }
}

test('the content is what was put in, packed or stored, behind a comment too', async () => {
  const files = [
    { name: '0_build.txt', content: log },
    { name: '1_tést 😅.txt', content: 'x', stored: true },
    { name: 'build/1_Set up job.txt', content: '' },
  ];
  const zip = zipOf(files, { comment: 'PK\u0005\u0006 or so' });
  expect(await read(zip)).toEqual({ '0_build.txt': 60_000, '1_tést 😅.txt': 1, 'build/1_Set up job.txt': 0 });
  const [first] = await openArchive(zip, (name) => name.startsWith('0_'));
  if (!first) throw new Error('there is none');
  expect((await buffer(await first.open())).toString()).toBe(log);
});

test('a file that is wrong is refused by its reason, and the others are read', async () => {
  const good = { name: '9_good.txt', content: log };
  const wrong: readonly (readonly [string, Partial<ZippedFile>])[] = [
    ['damaged', { checksum: 7 }],
    ['damaged', { unpacked: log.length - 1 }],
    ['damaged', { unpacked: log.length + 1 }],
    ['damaged', { packed: Buffer.from('this was never deflated') }],
    ['damaged', { packed: zeros(1).subarray(0, -2), unpacked: MIB }],
    ['damaged', { stored: true, unpacked: 3 }],
    ['encrypted', { flags: 0x801 }],
    ['method', { method: 12 }],
    ['method', { method: 93 }],
    ['name', { name: '../../etc/0_x.txt' }],
    ['name', { name: '/0_x.txt' }],
    ['name', { name: '0_..\\x.txt' }],
    ['name', { name: '0_\u001b[2Jx.txt' }],
    ['name', { name: `0_${'x'.repeat(60_000)}.txt` }],
    ['ratio', { packed: zeros(65), unpacked: 65 * MIB }],
    ['too-large', { unpacked: 3 * 1024 * MIB }],
  ];
  for (const [reason, change] of wrong) {
    const found = await read(zipOf([{ name: '0_bad.txt', content: log, ...change }, good]));
    expect([reason, Object.values(found)]).toEqual([reason, [reason, log.length]]);
  }
});

test('an archive that is cut off, or none, is refused as a whole', async () => {
  const zip = zipOf([
    { name: '0_build.txt', content: log },
    { name: '1_test.txt', content: log },
  ]);
  for (let length = 0; length < zip.length; length++) expect(await read(zip.subarray(0, length))).toBe('damaged');
  expect(await read(Buffer.from('a log\n'.repeat(100)))).toBe('damaged');
  // It says that there are more than there are; and fewer.
  expect(await read(zipOf([{ name: '0_a.txt', content: log }], { count: 2 }))).toBe('damaged');
  expect(await read(zipOf([{ name: 'a' }, { name: 'b' }], { count: 1 }))).toEqual({ a: 0 });
  expect(await read(zipOf(Array.from({ length: 50_001 }, (_, index) => ({ name: `${index}` }))))).toBe('too-many');
  // The errors quote nothing of it.
  await expect(openArchive(Buffer.from('quoted'.repeat(10)), () => true)).rejects.toThrow(
    'the archive cannot be read: it is damaged or ends early',
  );
});

test('files that share bytes are refused, those beside them are read', async () => {
  const shared = Array.from({ length: 1_000 }, (_, index) => ({ name: `${index}_x.txt`, sameAs: 0 }));
  const bomb = { name: 'first.txt', packed: zeros(10), unpacked: 10 * MIB };
  const found = Object.values(
    await read(zipOf([bomb, ...shared.map((file) => ({ ...bomb, ...file })), { name: '0_good.txt', content: log }])),
  );
  expect(found.filter((one) => one === 'overlapping')).toHaveLength(1_001);
  expect(found.at(-1)).toBe(log.length);
  // Each one quotes the headers of those behind it, as in https://www.bamsoftware.com/hacks/zipbomb/.
  const within = [
    { name: '0_a.txt', content: log, stored: true },
    { name: '1_b.txt', content: log, sameAs: 0, behind: 40 },
  ];
  expect(await read(zipOf(within))).toEqual({ '0_a.txt': 'overlapping', '1_b.txt': 'overlapping' });
});

test('all files together unpack to so much and no more', async () => {
  const packed = zeros(64);
  const files = Array.from({ length: 34 }, (_, index) => ({ name: `${index}_x.txt`, packed, unpacked: 64 * MIB }));
  const opened = await openArchive(zipOf(files), () => true);
  await expect(opened.at(32)?.open()).rejects.toMatchObject({ data: { reason: 'too-large' } });
  await expect(opened.at(33)?.open()).rejects.toMatchObject({ data: { reason: 'too-large' } });
});

test('bombs cost no memory: ten gigabytes that are declared, and ten that are not', async () => {
  const packed = zeros(10 * 1024);
  expect(packed.length).toBeLessThan(12 * MIB);
  const megabyte = Buffer.alloc(MIB);
  const checksum = Array.from({ length: 60 }).reduce((sum: number) => crc32(megabyte, sum), 0);
  const zip = zipOf([
    { name: '0_declared.txt', packed, unpacked: 10 * 1024 * MIB },
    { name: '1_hidden.txt', packed, unpacked: 60 * MIB },
    { name: '2_fine.txt', packed: zeros(60), unpacked: 60 * MIB, checksum },
    { name: '3_good.txt', content: log },
  ]);
  const before = process.memoryUsage().rss;
  let most = 0;
  const watching = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 5);
  const found = await read(zip);
  clearInterval(watching);
  expect(found).toEqual({
    '0_declared.txt': 'too-large',
    '1_hidden.txt': 'damaged',
    '2_fine.txt': 60 * MIB,
    '3_good.txt': log.length,
  });
  expect(most).toBeGreaterThan(0);
  expect(most - before).toBeLessThan(100 * MIB);
}, 60_000);

test('no more of an answer is taken into memory than an archive may have', async () => {
  let given = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (const piece = Buffer.alloc(MIB); ; given += 1) yield piece;
  }
  await expect(wholeZip(endless())).rejects.toMatchObject({ data: { reason: 'too-large' } });
  expect(given).toBeLessThanOrEqual(129);
});

test('a file is the log of the job that GitHub named it after, or of none', () => {
  const jobs = [
    'build',
    'test (ubuntu, 3.9) / unit',
    'lint: all',
    'a/b',
    'ab',
    `long ${'😅'.repeat(60)}`,
    'x <y> | "z"',
  ];
  const whose = (file: string) => jobOf(file, jobs);
  expect(whose('0_build.txt')).toBe('build');
  expect(whose('-2147483648_build.txt')).toBe('build');
  // The service of before 2025 leaves characters out, the one of after puts _ there.
  expect(whose('1_test (ubuntu, 3.9)  unit.txt')).toBe('test (ubuntu, 3.9) / unit');
  expect(whose('1_test (ubuntu, 3.9) _ unit.txt')).toBe('test (ubuntu, 3.9) / unit');
  expect(whose('2_lint all.txt')).toBe('lint: all');
  expect(whose('3_x _y_ _ _z_.txt')).toBe('x <y> | "z"');
  expect(whose(`4_long ${'😅'.repeat(42)}\uFFFD.txt`)).toBe(`long ${'😅'.repeat(60)}`);
  // Either could be meant.
  expect(whose('5_ab.txt')).toBeUndefined();
  expect(whose('6_a_b.txt')).toBe('a/b');
  for (const file of ['build/1_Set up job.txt', 'build/system.txt', 'build.txt', '0_build.log', '0_deploy.txt']) {
    expect([file, whose(file)]).toEqual([file, undefined]);
  }
  expect(jobNameIn('12_a (b, c).txt')).toBe('a (b, c)');
  // Names that were cut are told apart only as far as they differ.
  const long = 'a job with a name that is longer than any file’s, and ends in';
  expect(jobOf(`0_${long}.txt`, [`${long} one`, 'another'])).toBe(`${long} one`);
  expect(jobOf(`0_${long}.txt`, [`${long} one`, `${long} two`])).toBeUndefined();
  expect(jobOf('0_a job.txt', ['a job with more'])).toBeUndefined();
});

test('bytes that are changed at random never lead to anything but another content, or a refusal', async () => {
  const random = randomFrom(11);
  const right = zipOf([
    { name: '0_build.txt', content: log },
    { name: '1_test.txt', content: 'short', stored: true },
  ]);
  for (let round = 0; round < 2_000; round++) {
    const zip = Buffer.from(right);
    for (let change = 0; change <= round % 4; change++)
      zip[Math.floor(random() * zip.length)] = Math.floor(random() * 256);
    const found = await read(zip);
    const values = typeof found === 'string' ? [] : Object.values(found);
    expect(values.filter((value) => value !== log.length && value !== 5 && typeof value === 'number')).toEqual([]);
    expect(values).not.toContain('thrown');
  }
});
