// Hosts in the lines that real tools print.
import { describe, expect, test } from 'vitest';
import { hostsIn } from '../../detectors/egress/hosts-in-log.ts';

const ESCAPE = String.fromCharCode(27);

function contacted(...lines: string[]): readonly string[] {
  return hostsIn(lines).flatMap((host) => (host.contacted ? [host.group] : []));
}

function mentioned(...lines: string[]): readonly string[] {
  return hostsIn(lines).flatMap((host) => (host.contacted ? [] : [host.group]));
}

describe('a URL is a mention', () => {
  test.each([
    { line: 'see https://docs.elsewhere.example/guide', group: 'elsewhere.example' },
    { line: 'remote: https://ada:hunter2@git.elsewhere.example/app.git', group: 'elsewhere.example' },
    { line: 'listening: http://elsewhere.example:8080/', group: 'elsewhere.example' },
    { line: '"HTTPS://ELSEWHERE.example."', group: 'elsewhere.example' },
    { line: 'GET http://203.0.113.7:9000/x', group: '203.0.113.7' },
    { line: 'GET http://[2001:DB8:0:0::7]:9000/x', group: '2001:db8::7' },
    { line: 'http://a.b.co.uk/', group: 'b.co.uk' },
  ])('$line', ({ line, group }) => {
    expect(mentioned(line)).toEqual([group]);
  });

  test('tenants of one hosting provider are strangers to each other', () => {
    expect(mentioned('https://good.github.io/ https://evil.github.io/')).toEqual(['good.github.io', 'evil.github.io']);
    expect(mentioned('https://s3.amazonaws.com/bucket')).toEqual(['s3.amazonaws.com']);
  });

  test.each([
    'http://',
    'https://localhost:3000/',
    'http://127.0.0.1/',
    'http://[::1]/',
    'http://co.uk/',
    'https://x/',
  ])('%s names no destination', (line) => {
    expect(hostsIn([line])).toEqual([]);
  });
});

describe('a tool’s own transfer line is a contact', () => {
  test.each([
    { tool: 'curl', line: '* Connected to drop.elsewhere.example (203.0.113.66) port 443 (#0)' },
    {
      tool: 'curl 8.16',
      line: '* Established connection to drop.elsewhere.example (203.0.113.66 port 443) from 10.0.0.2 port 4 ',
    },
    {
      tool: 'wget',
      line: 'Connecting to drop.elsewhere.example (drop.elsewhere.example)|203.0.113.66|:443... connected.',
    },
    { tool: 'BusyBox wget', line: 'Connecting to drop.elsewhere.example (203.0.113.66:443)' },
    { tool: 'BusyBox wget, IPv6', line: 'Connecting to drop.elsewhere.example ([2001:db8::7]:443)' },
    { tool: 'pip', line: '  Downloading https://files.elsewhere.example/packages/x.whl (12 kB)' },
    {
      tool: 'pip with an account',
      line: '  Downloading https://first.last:word@files.elsewhere.example/x.whl (12 kB)',
    },
    { tool: 'npm', line: 'npm http fetch GET 200 https://registry.elsewhere.example/left-pad 31ms (cache miss)' },
  ])('$tool', ({ line }) => {
    expect(contacted(line)).toEqual(['elsewhere.example']);
    expect(contacted(`2026-03-03T10:00:00.1234567Z ${line}`)).toEqual(['elsewhere.example']);
    expect(contacted(`2026-03-03T10:00:00.123456Z 01O ${line}`)).toEqual(['elsewhere.example']);
    expect(contacted(`${ESCAPE}[36;1m${line}${ESCAPE}[0m`)).toEqual(['elsewhere.example']);
  });

  test('by its address where the name is one of the network’s own', () => {
    expect(contacted('* Connected to registry (203.0.113.66) port 443')).toEqual(['203.0.113.66']);
    expect(contacted('* Connected to localhost (127.0.0.1) port 443')).toEqual([]);
  });

  test.each([
    'echo "* Connected to drop.elsewhere.example (203.0.113.66) port 443"',
    'un* Connected to drop.elsewhere.example (203.0.113.66) port 443',
    '* Connected to drop.elsewhere.example',
    'npm http fetch GET 404 https://registry.elsewhere.example/nothing 31ms',
    'go: downloading elsewhere.example/module v1.2.3',
  ])('not so: %s', (line) => {
    expect(contacted(line)).toEqual([]);
  });

  test('it wins over the mention before it, and is the line that is named', () => {
    const [host] = hostsIn([
      'see https://elsewhere.example/',
      '* Connected to elsewhere.example (203.0.113.66) port 443',
    ]);
    expect(host).toEqual({ group: 'elsewhere.example', host: 'elsewhere.example', contacted: true, line: 1 });
  });
});

describe('a hostile log', () => {
  test.each([
    { name: 'URLs without an end', unit: 'https://a' },
    { name: 'user names without a host', unit: 'https://a:b' },
    { name: 'transfer lines that never end', unit: '* Connected to (' },
    { name: 'brackets', unit: 'Connecting to x (' },
    { name: 'escape sequences', unit: `${ESCAPE}[0;0;` },
  ])('of ten megabytes in a line costs no more than its first four thousand characters: $name', ({ unit }) => {
    const line = unit.repeat(10_000_000 / unit.length);
    const short = line.slice(0, 4_096);
    expect(hostsIn(new Array(2_000).fill(line))).toEqual(hostsIn([short]));
  });
});
