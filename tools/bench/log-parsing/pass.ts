// `node pass.ts STAGE`: passes of one stage over the logs, in a process of its own; the best of them, as JSON.
import { redact } from '../../../services/collector/host/redact.ts';
import { parseLog } from '../../../services/collector/log/parse.ts';
import type { RedactedRecord, SourceRecord } from '../../../services/collector/source.ts';
import { createRedactor } from '../../../services/redactor/engine.ts';
import { feedOf, type LogFeedOf } from '../../log-feeds.ts';
import { best } from '../best.ts';
import { benchLogs } from '../logs.ts';

const PASSES = 3;

interface Sent extends LogFeedOf {
  readonly record: SourceRecord;
  readonly redacted: RedactedRecord;
}

const redactor = createRedactor({ key: new Uint8Array(32) });
const { logs, files } = await benchLogs();
const sent = logs.map((log, index): Sent => {
  const feed = feedOf(files[index] ?? '');
  const place = { repository: 'acme/shop', run_id: String(index), job: 'build' };
  const record = { source: feed.source.id, received_at: 0, body: log.toString(), ...place };
  return { ...feed, record, redacted: redact(record, feed.source, redactor) };
});

/** Each tells how much it found. */
const stages: Readonly<Record<string, (one: Sent) => number>> = {
  parse: ({ redacted, dialect }) => parseLog(String(redacted.body), dialect).steps.length,
  normalize: ({ redacted, source }) => steps(source.normalize(redacted)),
  redact: ({ record, source }) => matches(redact(record, source, redactor)),
  both: ({ record, source }) => steps(source.normalize(redact(record, source, redactor))),
};

function steps(drafts: readonly { readonly kind: string }[]): number {
  return drafts.filter(({ kind }) => kind === 'step').length;
}

function matches({ redactions }: RedactedRecord): number {
  return Object.values(redactions).reduce((sum, count) => sum + count, 0);
}

const [name = ''] = process.argv.slice(2);
const stage = stages[name];
let found = 0;
const { seconds, processor } = best(PASSES, () => {
  found = stage ? sent.reduce((sum, one) => sum + stage(one), 0) : 0;
});
process.stdout.write(JSON.stringify({ seconds, processor, found }));
