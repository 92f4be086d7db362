// Who controls a host name.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostName, registrableOf } from '../../services/core/host-name.ts';
import { hostingSuffix } from '../../services/core/hosting-suffixes.ts';

describe('one party controls', () => {
  test.each([
    ['docs.example.com', 'example.com', 'com'],
    ['A.B.CO.UK.', 'b.co.uk', 'co.uk'],
    ['bücher.example', 'xn--bcher-kva.example', 'example'],
    ['_dmarc.example.com', 'example.com', 'com'],
    ['metadata.google.internal', 'google.internal', 'internal'],
  ])('%s as part of %s', (host, registrable, suffix) => {
    expect(hostName(host)).toMatchObject({ registrable, suffix, isHosted: false, isAddress: false, isLocal: false });
  });
});

describe('customers of one service are strangers to each other', () => {
  test.each([
    ['docs.acme.github.io', 'acme.github.io', 'github.io'],
    ['acme.blob.core.windows.net', 'acme.blob.core.windows.net', 'blob.core.windows.net'],
    // The Public Suffix List lacks these.
    ['acme.table.core.windows.net', 'acme.table.core.windows.net', 'table.core.windows.net'],
    ['site.z6.web.core.windows.net', 'site.z6.web.core.windows.net', 'z6.web.core.windows.net'],
    ['box.westeurope.cloudapp.azure.com', 'box.westeurope.cloudapp.azure.com', 'westeurope.cloudapp.azure.com'],
    ['abc.r2.cloudflarestorage.com', 'abc.r2.cloudflarestorage.com', 'r2.cloudflarestorage.com'],
    ['b.abc.r2.cloudflarestorage.com', 'abc.r2.cloudflarestorage.com', 'r2.cloudflarestorage.com'],
    ['12.dkr.ecr.eu-west-1.amazonaws.com', '12.dkr.ecr.eu-west-1.amazonaws.com', 'dkr.ecr.eu-west-1.amazonaws.com'],
    ['acme.storage.googleapis.com', 'acme.storage.googleapis.com', 'storage.googleapis.com'],
    ['b.oss-cn-hangzhou.aliyuncs.com', 'b.oss-cn-hangzhou.aliyuncs.com', 'oss-cn-hangzhou.aliyuncs.com'],
    ['quick-fox.loca.lt', 'quick-fox.loca.lt', 'loca.lt'],
  ])('%s is %s', (host, registrable, suffix) => {
    expect(hostName(host)).toMatchObject({ registrable, suffix, isHosted: true });
  });

  test('the service’s own name is a destination, a country’s is none', () => {
    expect(registrableOf('storage.googleapis.com')).toBe('storage.googleapis.com');
    expect(registrableOf('s3.amazonaws.com')).toBe('s3.amazonaws.com');
    expect(registrableOf('co.uk')).toBeUndefined();
  });
});

describe('an address', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7', false, false],
    ['[2001:DB8:0:0::7]', '2001:db8::7', false, false],
    ['10.1.2.3', '10.1.2.3', true, false],
    ['172.31.0.1', '172.31.0.1', true, false],
    ['100.64.0.1', '100.64.0.1', true, false],
    ['169.254.169.254', '169.254.169.254', true, false],
    ['fd00::1', 'fd00::1', true, false],
    ['fe80::1%eth0', 'fe80::1', true, false],
    ['127.0.0.53', '127.0.0.53', false, true],
    ['::1', '::1', false, true],
    ['0.0.0.0', '0.0.0.0', false, true],
    ['::ffff:10.0.0.1', '10.0.0.1', true, false],
  ])('%s is itself', (host, registrable, isPrivate, isLocal) => {
    expect(hostName(host)).toEqual({
      name: registrable,
      registrable,
      isAddress: true,
      isPrivate,
      isLocal,
      isHosted: false,
    });
  });
});

describe('leads nowhere outside:', () => {
  test.each(['registry', 'nexus.corp', 'gitea.lan', 'printer.local', 'vault.internal', 'nas.home.arpa'])(
    '%s',
    (host) => {
      expect(hostName(host)).toMatchObject({ isPrivate: true, isLocal: false });
    },
  );
  test.each(['localhost', 'LOCALHOST.', 'app.localhost', 'localhost.localdomain', '127.0.0.1'])('%s', (host) => {
    expect(hostName(host)).toMatchObject({ isLocal: true, isPrivate: false });
    expect(registrableOf(host)).toBeUndefined();
  });
});

test.each(['', '.', 'a..b', 'has space.example', 'x/y.example', '-', 'a'.repeat(64), '[::1', 'http://a.example'])(
  '%j is no host name, or nobody’s',
  (host) => {
    expect(registrableOf(host)).toBeUndefined();
  },
);

describe('laws', () => {
  const label = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,10}[a-z0-9]$/);
  const suffix = fc.constantFrom('com', 'co.uk', 'github.io', 'dfs.core.windows.net', 'a.pinggy.link', 'example');
  const name = fc.tuple(fc.array(label, { minLength: 1, maxLength: 4 }), suffix).map(([a, b]) => [...a, b].join('.'));

  test('who controls the registrable name is whoever controls the name', () => {
    fc.assert(
      fc.property(name, (host) => {
        const registrable = registrableOf(host) ?? '';
        expect(registrableOf(registrable)).toBe(registrable);
        expect(`.${host}`.endsWith(`.${registrable}`)).toBe(true);
        expect(registrableOf(`deeper.${host}`)).toBe(registrable);
        expect(registrableOf(`${host.toUpperCase()}.`)).toBe(registrable);
      }),
    );
  });

  test('a name that ends alike is not below a suffix', () => {
    expect(hostingSuffix('evilloca.lt')).toBeUndefined();
    expect(hostingSuffix('loca.lt.evil.example')).toBeUndefined();
    expect(hostingSuffix('storage.googleapis.com')).toBe('storage.googleapis.com');
  });
});
