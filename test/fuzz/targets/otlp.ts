// The binary form of OpenTelemetry's requests, nearly right: real requests with bytes changed, cut or put in.
import fc from 'fast-check';
import { MESSAGES } from '../../../services/collector/sources/otlp/protobuf/messages.ts';
import { decodeMessage } from '../../../services/collector/sources/otlp/protobuf/wire.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import { field, fixed64Field, numberField } from '../../helpers/protobuf.ts';
import type { Target } from '../target.ts';

const attributes = [
  field(9, [field(1, 'cicd.pipeline.result'), field(2, [field(1, 'success')])]),
  field(9, [field(1, 'list'), field(2, [field(5, [field(1, [numberField(3, -5n)]), field(1, [field(6, [])])])])]),
];
const span = [field(1, Buffer.alloc(16, 7)), field(2, Buffer.alloc(8, 7)), field(5, 'RUN'), fixed64Field(7, 7n)];
const seeds = [
  field(1, [field(1, []), field(2, [field(2, [...span, ...attributes])])]),
  field(1, [field(2, [field(2, [fixed64Field(1, 7n), field(5, [field(1, 'a line')])])])]),
];

const change = fc.record({
  place: fc.nat(),
  length: fc.nat(40),
  what: fc.nat(3),
  bytes: fc.uint8Array({ maxLength: 12 }),
});

const inputs = fc.tuple(fc.constantFrom(...seeds), fc.array(change, { maxLength: 6 })).map(([seed, changes]) =>
  changes.reduce((bytes, { place, length, what, bytes: other }) => {
    const at = bytes.length === 0 ? 0 : place % bytes.length;
    const before = bytes.subarray(0, at);
    if (what === 0) return before;
    if (what === 1) return Buffer.concat([before, other, bytes.subarray(at)]);
    if (what === 2) return Buffer.concat([before, other, bytes.subarray(at + other.length)]);
    return Buffer.concat([
      before,
      ...Array.from({ length: 20 }, () => bytes.subarray(at, at + length)),
      bytes.subarray(at),
    ]);
  }, seed),
);

export const otlpTargets: readonly Target[] = ['traces', 'logs'].map((root) => ({
  name: `otlp ${root} in protobuf`,
  inputs,
  run(input) {
    if (!(input instanceof Uint8Array)) return;
    try {
      decodeMessage(input, MESSAGES, root, 'otlp');
    } catch (error) {
      if (!(error instanceof PipewardenError && error.code === 'RECORD_INVALID')) throw error;
    }
  },
}));
