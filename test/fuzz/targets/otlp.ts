// The binary form of OpenTelemetry's requests, nearly right: real requests with bytes changed, cut or put in.
import { MESSAGES } from '../../../services/collector/sources/otlp/protobuf/messages.ts';
import { decodeMessage } from '../../../services/collector/sources/otlp/protobuf/wire.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import { field, fixed64Field, numberField } from '../../helpers/protobuf.ts';
import { mutatedBytes } from '../mutate.ts';
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

const inputs = mutatedBytes(seeds);

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
