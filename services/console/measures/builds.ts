// Coverage and failed builds: from what was counted of each repository on each day.
import type { DayCount } from '../../core/measure.ts';
import type { DocumentStore } from '../../core/ports/document-store.ts';
import { TOOL_KIND_NAMES, TOOL_KINDS, type ToolKind } from '../../core/tool-kinds.ts';
import { type Measure, share, type Window } from './measure.ts';
import { eachDocument, restsOn } from './reading.ts';

const MOST_DAYS = 100_000;
const MOST_REPOSITORIES = 100_000;

interface Sums {
  readonly ended: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly gated: number;
}

export async function builds(store: DocumentStore, window: Window): Promise<readonly Measure[]> {
  const active = new Set<string>();
  const scanned = new Map<ToolKind, Set<string>>(TOOL_KINDS.map((kind) => [kind, new Set()]));
  let sums: Sums = { ended: 0, failed: 0, cancelled: 0, gated: 0 };
  let first: string | undefined;
  let reporting = 0;

  function count({ repository, day, runs, scans }: DayCount): void {
    first = first === undefined || day < first ? day : first;
    sums = {
      ended: sums.ended + runs.ended,
      failed: sums.failed + runs.failed,
      cancelled: sums.cancelled + runs.cancelled,
      gated: sums.gated + runs.gated,
    };
    if (runs.ended > 0 && active.size < MOST_REPOSITORIES) active.add(repository);
    for (const kind of TOOL_KINDS) {
      const of = scanned.get(kind);
      if (!scans[kind] || !of) continue;
      reporting += scans[kind];
      if (of.size < MOST_REPOSITORIES) of.add(repository);
    }
  }

  const read = await eachDocument<DayCount>(store, { collection: 'measure', field: 'day' }, window, MOST_DAYS, count);
  const notes = [
    ...restsOn(read, 'days of repositories'),
    ...(first === undefined ? ['Nothing was counted in this time.'] : [`The first day that was counted is ${first}.`]),
  ];
  const known = (value: number) => (first === undefined ? null : value);
  return [
    {
      id: 'coverage',
      title: 'Coverage: repositories that are tested',
      definition:
        'Of the repositories in which a run ended, those of which a complete report of this kind of tool came. A tool that tests several things (Trivy) counts for one.',
      practice:
        'OWASP DSOMM, test and verification, https://dsomm.owasp.org; OWASP SAMM, security testing, https://owaspsamm.org/model/verification/security-testing/; NIST SSDF PW.7 and PW.8, https://doi.org/10.6028/NIST.SP.800-218',
      columns: ['kind of test', 'repositories tested', 'of active ones', 'active repositories', 'covered, %'],
      rows: TOOL_KINDS.map((kind) => {
        const of = scanned.get(kind) ?? new Set<string>();
        const both = [...of].filter((repository) => active.has(repository)).length;
        return [TOOL_KIND_NAMES[kind], known(of.size), known(both), known(active.size), share(both, active.size)];
      }),
      notes,
    },
    {
      id: 'failed-builds',
      title: 'Failed builds',
      definition:
        'Attempts of runs that ended; failed: with a failure, an error or a timeout. Stopped at a scan: a job failed that had handed in a report of its own run and name, so at least so many. These are builds, not deployments: it is not DORA’s change failure rate.',
      practice: 'OWASP DSOMM, build; NIST SSDF PO.3 and PO.4, https://doi.org/10.6028/NIST.SP.800-218',
      columns: ['ended', 'failed', 'failed, %', 'cancelled', 'stopped at a scan, at least'],
      rows: [
        [
          known(sums.ended),
          known(sums.failed),
          share(sums.failed, sums.ended),
          known(sums.cancelled),
          reporting === 0 ? null : sums.gated,
        ],
      ],
      notes,
    },
  ];
}
