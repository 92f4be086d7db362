// What the scale-out tests send: the bundled recording, and now and then a runner that mines, which is what a plain rule
// finds (the recording itself has none); in pieces that are sent at once.
import { openRecording } from '../../services/collector/sample/recording.ts';
import type { SourceRecord } from '../../services/collector/source.ts';
import { DAY, formatInstant, type Instant, MINUTE } from '../../services/core/time.ts';

/** Records of ordinary days that are sent at once. */
const CHUNK = 200;
/** The end of the recording, where the attack is, is told to all collectors at the same time, minute by minute. */
const LAST_DAYS = 3 * DAY;
const MINES_EVERY = 500;

export interface Piece {
  readonly records: readonly SourceRecord[];
  /** To all collectors at once; else for one of them. */
  readonly dealt: boolean;
  /** All is analyzed before the next. */
  readonly rest?: boolean;
}

/** `days`: only the last ones. */
export async function scaleOutRecords(days = 31): Promise<readonly SourceRecord[]> {
  const records: SourceRecord[] = [];
  for await (const record of openRecording()) {
    records.push(record);
    if (records.length % MINES_EVERY === 0) records.push(mining(nameOf(records.length), record.received_at));
  }
  const end = records.at(-1)?.received_at ?? 0;
  return records.filter(({ received_at }) => received_at > end - days * DAY);
}

export function piecesOf(records: readonly SourceRecord[]): readonly Piece[] {
  const end = records.at(-1)?.received_at ?? 0;
  const pieces: { records: SourceRecord[]; dealt: boolean; begins: Instant }[] = [];
  for (const record of records) {
    const at = record.received_at;
    const dealt = at > end - LAST_DAYS;
    const last = pieces.at(-1);
    const fits = last?.dealt === dealt && (dealt ? at - last.begins < MINUTE : last.records.length < CHUNK);
    if (fits) last.records.push(record);
    else pieces.push({ records: [record], dealt, begins: at });
  }
  return pieces;
}

/** Without digits: runners whose names differ in those alone are one pool. */
function nameOf(number: number): string {
  return `runner-${[...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('')}`;
}

/** As Falco tells it (https://falco.org/docs/concepts/outputs/formatting/). */
function mining(runner: string, at: Instant): SourceRecord {
  const cmdline = 'xmrig -o stratum+tcp://pool.example:3333 -u wallet';
  return {
    source: 'falco',
    received_at: at,
    input: `mining:${runner}`,
    sample: true,
    body: {
      hostname: runner,
      output: `Process started | command=${cmdline}`,
      output_fields: {
        'evt.type': 'execve',
        'proc.cmdline': cmdline,
        'proc.exepath': '/tmp/xmrig',
        'proc.name': 'xmrig',
        'proc.pname': 'bash',
        'user.name': 'root',
      },
      priority: 'Notice',
      rule: 'Program run from a temporary folder',
      source: 'syscall',
      time: formatInstant(at),
    },
  };
}
