// Lines of our own sensor are taken apart before redaction: bpftrace writes `\x00` between arguments, and behind its `0`
// the redactor would not see where many a token begins.
import { expect, test } from 'vitest';
import { redact } from '../../../services/collector/host/redact.ts';
import { bpftrace } from '../../../services/collector/sources/sensors/bpftrace.ts';
import { createRedactor } from '../../../services/redactor/engine.ts';
import { kinds, makeExample } from '../../helpers/secrets.ts';

const redactor = createRedactor({ key: new Uint8Array(32) });

function line(args: string): unknown {
  const head = '{"v":1,"type":"process","time":"2026-03-10T11:07:05Z","host":"a","pid":2,"ppid":1,"uid":0,"cgroup":1';
  return { type: 'printf', data: `${head},"pcomm":"sh","path":"/bin/x","args":"${args}"}\n` };
}

test('a secret among the arguments of a program is not kept, whatever its kind', () => {
  const kept = kinds.filter((kind) => {
    const { secret, text } = makeExample(kind, 3);
    if (text.includes('\n')) return false;
    const body = line(`x\\x00--deploy\\x00${text.replaceAll(' ', '\\x00')}\\x00end\\x00`);
    const record = redact({ source: 'bpftrace', received_at: 0, body }, bpftrace, redactor);
    return JSON.stringify(record.body).includes(secret);
  });
  expect(kept).toEqual([]);
});

test.each([
  ['no event at all', { type: 'printf', data: 'hello\n' }],
  ['of a type that prints no arguments', { type: 'printf', data: '{"v":1,"type":"none","pcomm":"sh"}' }],
  ['broken off in the middle', { type: 'printf', data: '{"v":1,"type":"exit","pid":7,"pcomm":"sh","co' }],
])('a printed line that is %s stays as it is', (_what, body) => {
  expect(bpftrace.unpack?.(body)).toEqual(body);
});

test('a version that is not known is refused', () => {
  const record = { source: 'bpftrace', received_at: 0, redactions: {}, body: { v: 2, type: 'process' } };
  expect(() => bpftrace.normalize(record)).toThrow('its version is not 1');
});

test('replay takes the time that is inside the envelope', () => {
  expect(
    bpftrace.time({ type: 'printf', data: '{"v":1,"type":"alive","time":"2026-03-10T11:07:05Z","host":"a"}\n' }),
  ).toBe(Date.parse('2026-03-10T11:07:05Z'));
});
