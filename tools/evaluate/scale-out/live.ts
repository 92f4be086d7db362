// A scenario's weeks as processes are fed with them in minutes: in the order of arrival, what lies close together at once, so that
// collectors may mix it up; and a rest now and then, so that no partition is further ahead of another than it could be live.
import type { SourceRecord } from '../../../services/collector/source.ts';
import type { Instant } from '../../../services/core/time.ts';
import type { Piece } from '../../../test/servers/scale-out-records.ts';

export interface Pace {
  /** Milliseconds of the scenario that collectors get at once. */
  readonly hop: number;
  /** Milliseconds of it between two rests. */
  readonly span: number;
}

export function livePieces(records: readonly SourceRecord[], { hop, span }: Pace): readonly Piece[] {
  const pieces: { records: SourceRecord[]; dealt: true; rest: boolean; begins: Instant }[] = [];
  let rested: Instant = records[0]?.received_at ?? 0;
  for (const record of records) {
    const at = record.received_at;
    const last = pieces.at(-1);
    if (last && at - last.begins < hop) {
      last.records.push(record);
      continue;
    }
    if (last && at - rested >= span) {
      last.rest = true;
      rested = at;
    }
    pieces.push({ records: [record], dealt: true, rest: false, begins: at });
  }
  return pieces;
}
