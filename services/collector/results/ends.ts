// The ends of a report: one for each tool, repository, branch and category of which it told, or told that there is nothing.
import { known } from '../fields.ts';
import type { Scanned } from '../host.ts';
import type { Scan } from './report.ts';

export interface End {
  readonly scan: Scan;
  readonly repository?: string;
  /** What `host/report.ts` reads. */
  readonly body: {
    readonly tool: string;
    readonly branch?: string;
    readonly findings: number;
    readonly complete: boolean;
  };
}

/** All of one place together: a report may have several scans of it. */
export function endsOf(
  scanned: ReadonlyMap<Scan, readonly Scanned[]>,
  { complete, repository: sent }: { readonly complete: boolean; readonly repository: string | undefined },
): readonly End[] {
  const ends = new Map<string, End>();
  for (const [scan, found] of scanned) {
    const places = [...(scan.by ? [{ ...scan.by, findings: 0 }] : []), ...found];
    for (const { tool, repository = sent, branch, findings } of places) {
      const key = JSON.stringify([scan.category, tool, repository, branch]);
      const before = ends.get(key)?.body;
      const body = known({
        tool,
        branch,
        findings: findings + (before?.findings ?? 0),
        complete: complete && scan.complete !== false && before?.complete !== false,
      });
      ends.set(key, known({ scan, repository, body }));
    }
  }
  return [...ends.values()];
}
