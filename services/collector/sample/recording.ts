// The bundled recording: thirty ordinary days of a made-up organization and one that is not. `npm start` without a
// configuration replays it. Written by tools/sample; this file reads it.
import { fileURLToPath } from 'node:url';
import { PipewardenError } from '../../core/errors.ts';
import { readReplay } from '../replay.ts';
import type { SourceRecord } from '../source.ts';
import { expandSecrets } from './secrets.ts';

const FILE = fileURLToPath(new URL('recording.ndjson.gz', import.meta.url));

/**
 * The records in the order of their arrival, marked as sample, `input` being `sample:LINE`. In logs, macros for secrets
 * are replaced by values that look like some. Throws NOT_FOUND or RECORD_INVALID when the bundled file is gone or broken.
 */
export async function* openRecording(): AsyncGenerator<SourceRecord> {
  for await (const record of readReplay({ file: FILE, name: 'sample' })) {
    if ('malformed' in record) {
      const problem = `line ${record.malformed.line} of ${FILE} is ${record.malformed.reason}`;
      throw new PipewardenError('RECORD_INVALID', { source: 'the bundled recording', problem });
    }
    const { body } = record;
    yield { ...record, body: typeof body === 'string' ? expandSecrets(body) : body, sample: true };
  }
}
