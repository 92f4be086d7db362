// Where addresses are, from databases on this machine.
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { openNetworks } from '../../../services/collector/networks/networks.ts';
import { type Clock, systemClock } from '../../../services/core/clock.ts';
import { MINUTE } from '../../../services/core/time.ts';
import { type Log, silentLog } from '../../../services/telemetry/log.ts';
import { mmdb } from '../../helpers/mmdb.ts';

const BUILT = Date.UTC(2026, 1, 3);
const folder = mkdtempSync(join(tmpdir(), 'networks-'));
afterAll(() => rmSync(folder, { recursive: true }));

let now = 0;
let warned: string[] = [];
beforeEach(() => {
  now = Date.UTC(2026, 2, 1);
  warned = [];
});
const clock: Clock = { ...systemClock, now: () => now };
const log: Log = {
  ...silentLog,
  warn: (_message, fields) => void warned.push(`${fields?.setting}: ${fields?.problem}`),
};

function file(name: string, content: Buffer | string): string {
  const path = join(folder, name);
  // As whoever keeps a database up to date does it: written beside, then put in its place.
  writeFileSync(`${path}.new`, content);
  renameSync(`${path}.new`, path);
  return path;
}

function asn(number: number, built = BUILT): Buffer {
  return mmdb({ built, networks: { '203.0.113.0/24': { autonomous_system_number: number } } });
}

const GEO = mmdb({
  built: BUILT,
  networks: {
    '203.0.113.0/24': { country: { iso_code: 'NL', names: { en: 'The Netherlands' } } },
    '198.51.100.0/24': { registered_country: { iso_code: 'US' } },
    '2001:db8::/32': { country: { iso_code: 'SG' } },
    '10.0.0.0/8': { country: { iso_code: 'DE' } },
  },
});

describe('an address', () => {
  test('is in the autonomous system and country that the databases say, with the time they were built', async () => {
    const paths = { asn: file('asn.mmdb', asn(64_500)), country: file('country.mmdb', GEO) };
    const networks = openNetworks(paths, { clock, log });
    await networks.refresh();
    const facts = { asn: { value: 64_500, built: BUILT }, country: { value: 'NL', built: BUILT } };
    expect(networks.of('203.0.113.9')).toEqual(facts);
    expect(networks.of('::ffff:203.0.113.9')).toEqual(facts);
    expect(networks.of('2001:DB8::1')).toEqual({ country: { value: 'SG', built: BUILT } });
    expect(warned).toEqual([]);
  });

  test.each(['192.0.2.1', '198.51.100.1', '10.1.2.3', '127.0.0.1', 'no address', ''])(
    'that no record tells of stays unknown: %j',
    async (address) => {
      const networks = openNetworks({ country: file('country.mmdb', GEO) }, { clock, log });
      await networks.refresh();
      expect(networks.of(address)).toEqual({});
    },
  );

  test('of the other family than the database’s is unknown to it', async () => {
    const four = mmdb({ ipVersion: 4, networks: { '203.0.113.0/24': { country: { iso_code: 'NL' } } } });
    const networks = openNetworks({ country: file('four.mmdb', four) }, { clock, log });
    await networks.refresh();
    expect(networks.of('2001:db8::1')).toEqual({});
    expect(networks.of('203.0.113.1').country?.value).toBe('NL');
  });

  test.each([24, 28, 32] as const)('is found in trees of records of %i bits', async (recordSize) => {
    const content = mmdb({
      recordSize,
      networks: { '203.0.113.128/25': { asn: 'AS64501' }, '2001:db8::/33': { asn: 7 } },
    });
    const networks = openNetworks({ asn: file('sizes.mmdb', content) }, { clock, log });
    await networks.refresh();
    expect(networks.of('203.0.113.200').asn?.value).toBe(64_501);
    expect(networks.of('203.0.113.100').asn).toBeUndefined();
    expect(networks.of('2001:db8::1').asn?.value).toBe(7);
  });
});

test('one file of IPinfo serves for both', async () => {
  const record = { asn: 'AS64500', as_name: 'Example', country: 'Netherlands', country_code: 'NL' };
  const older = { asn: 'AS64501', country: 'SG' };
  const path = file('ipinfo.mmdb', mmdb({ networks: { '203.0.113.0/24': record, '198.51.100.0/24': older } }));
  const networks = openNetworks({ asn: path, country: path }, { clock, log });
  await networks.refresh();
  expect(networks.of('203.0.113.1')).toMatchObject({ asn: { value: 64_500 }, country: { value: 'NL' } });
  expect(networks.of('198.51.100.1')).toMatchObject({ asn: { value: 64_501 }, country: { value: 'SG' } });
});

test.each([
  { asn: 'AS0' },
  { asn: 'ASN' },
  { asn: 2 ** 33 },
  { autonomous_system_number: 'AS1' },
  { asn: true },
  { country: 'Netherlands' },
  { country: { iso_code: 'nld' } },
  { country_code: 7 },
  ['AS64500'],
  'AS64500',
])('a record of a form that nobody knows tells nothing: %j', async (record) => {
  const path = file('odd.mmdb', mmdb({ networks: { '203.0.113.0/24': record } }));
  const networks = openNetworks({ asn: path, country: path }, { clock, log });
  await networks.refresh();
  expect(networks.of('203.0.113.1')).toEqual({});
});

describe('a file', () => {
  test('that is missing or no database is a mistake of the configuration', () => {
    const missing = () => openNetworks({ asn: join(folder, 'nowhere.mmdb') }, { clock, log });
    expect(missing).toThrow(/^enrichment\.asn: the address database .*nowhere\.mmdb cannot be used: ENOENT/);
    expect(() => openNetworks({ country: file('archive.tar.gz', 'not it') }, { clock, log })).toThrow(
      /^enrichment\.country: .*it is no MMDB file/,
    );
    expect(() => openNetworks({ country: folder }, { clock, log })).toThrow(/^enrichment\.country: .*EISDIR/);
  });

  test('is read when it is first needed', async () => {
    const path = file('lazy.mmdb', asn(64_500));
    const networks = openNetworks({ asn: path }, { clock, log });
    expect(networks.of('203.0.113.1')).toEqual({});
    file('lazy.mmdb', asn(64_501));
    await networks.refresh();
    expect(networks.of('203.0.113.1').asn?.value).toBe(64_501);
  });

  test('that is replaced is read again within a minute, and remembered answers go', async () => {
    const networks = openNetworks({ asn: file('fresh.mmdb', asn(64_500)) }, { clock, log });
    await networks.refresh();
    expect(networks.of('203.0.113.1').asn?.value).toBe(64_500);
    file('fresh.mmdb', asn(64_502, BUILT + MINUTE));
    now += MINUTE - 1;
    await networks.refresh();
    expect(networks.of('203.0.113.1').asn?.value).toBe(64_500);
    now += 1;
    await Promise.all([networks.refresh(), networks.refresh()]);
    expect(networks.of('203.0.113.1').asn).toEqual({ value: 64_502, built: BUILT + MINUTE });
  });

  test('that breaks or goes later is told once; what was read before stays', async () => {
    const path = file('breaks.mmdb', asn(64_500));
    const networks = openNetworks({ asn: path }, { clock, log });
    await networks.refresh();
    file('breaks.mmdb', 'half a download');
    for (let minute = 0; minute < 3; minute++) {
      now += MINUTE;
      await networks.refresh();
    }
    expect(warned).toHaveLength(1);
    rmSync(path);
    for (let minute = 0; minute < 3; minute++) {
      now += MINUTE;
      await networks.refresh();
    }
    expect(warned).toHaveLength(2);
    expect(networks.of('203.0.113.1').asn?.value).toBe(64_500);
    file('breaks.mmdb', asn(64_503));
    now += MINUTE;
    await networks.refresh();
    expect(networks.of('203.0.113.1').asn?.value).toBe(64_503);
  });

  test('that is damaged inside costs the answers, not the collector', async () => {
    const content = asn(64_500);
    const [at] = [content.indexOf('autonomous')];
    content.fill(0xff, at - 2, at + 8);
    const networks = openNetworks({ asn: file('damaged.mmdb', content) }, { clock, log });
    await networks.refresh();
    expect(networks.of('203.0.113.1')).toEqual({});
  });
});

test('what is remembered of addresses is bounded, and remembered right', async () => {
  const networks = openNetworks({ asn: file('many.mmdb', asn(64_500)) }, { clock, log });
  await networks.refresh();
  for (let index = 0; index < 25_000; index++) networks.of(`198.51.${index >> 8}.${index & 255}`);
  expect(networks.of('203.0.113.1').asn?.value).toBe(64_500);
});

test('without a database nothing is known', async () => {
  const networks = openNetworks({}, { clock, log });
  await networks.refresh();
  expect(networks.of('203.0.113.1')).toEqual({});
});
