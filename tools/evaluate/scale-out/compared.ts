// Many processes against one: where what they found of the same records is not what one found.
import { createCorrelation } from '../../../services/analyzer/correlation/correlation.ts';
import type { FindingEntry } from '../../../services/core/messages.ts';
import { groupsOf, type Outcome, ruleFindings } from '../../../test/servers/scale-out.ts';

export interface Comparison {
  /** What must be the same and is not, in words; empty: all of it is. */
  readonly wrong: readonly string[];
  /** Findings that are there on one side alone, or say something else there. */
  readonly findings: number;
  /** Incidents, by what was done to what, that are there on one side alone. */
  readonly incidents: number;
}

/** With one partition: findings byte for byte, in the order of the log. */
export function comparedExactly(embedded: Outcome, found: Outcome): Comparison {
  return {
    wrong: [
      ...alike('activities', embedded.activities, found.activities),
      ...alike('findings', embedded.findings, found.findings),
      ...alike('incidents', groupsOf(embedded), groupsOf(found)),
    ],
    ...others(embedded, found),
  };
}

/** With more: what no interleaving may change. */
export function comparedAtLarge(embedded: Outcome, found: Outcome): Comparison {
  return {
    wrong: [
      ...alike('activities', embedded.activities, found.activities),
      ...alike('found twice', [], found.twice),
      ...alike('findings of rules', ruleFindings(embedded), ruleFindings(found)),
      ...alike('incidents of what was found', togetherInTime(found.raised), together(found.incidents)),
      ...alike('incidents of what both found', ...sharedGroups(embedded, found)),
    ],
    ...others(embedded, found),
  };
}

function others(embedded: Outcome, found: Outcome): Pick<Comparison, 'findings' | 'incidents'> {
  return {
    findings: differing(embedded.findings, found.findings),
    incidents: differing(groupsOf(embedded), groupsOf(found)),
  };
}

function alike(what: string, expected: readonly unknown[], found: readonly unknown[]): readonly string[] {
  return JSON.stringify(expected) === JSON.stringify(found) ? [] : [what];
}

/** How many are on one side alone. */
function differing(one: readonly unknown[], other: readonly unknown[]): number {
  const [ours, theirs] = [one, other].map((each) => each.map((value) => JSON.stringify(value)));
  return (
    (ours ?? []).filter((text) => !theirs?.includes(text)).length +
    (theirs ?? []).filter((text) => !ours?.includes(text)).length
  );
}

/** Who would be together had the same findings come in the order of their times, one after the other. */
function togetherInTime(raised: readonly FindingEntry[]): readonly string[] {
  const correlation = createCorrelation();
  // What scanners told comes first: when it comes decides nothing.
  const timeOf = (entry: FindingEntry) => (entry.type === 'finding' ? entry.observed_at : 0);
  const counting = raised.filter(({ type }) => type === 'finding' || type === 'weakness');
  const incidents = new Map<string, Outcome['incidents'][number]>();
  for (const entry of counting.toSorted((a, b) => timeOf(a) - timeOf(b))) {
    correlation.take(entry);
    for (const incident of correlation.flush().incidents) incidents.set(incident.id, incident);
  }
  return together([...incidents.values()].filter(({ status }) => status !== 'merged'));
}

/** Which findings are together, of those that both have. */
function sharedGroups(embedded: Outcome, found: Outcome): readonly [readonly string[], readonly string[]] {
  const theirs = new Set(found.findings.map(({ id }) => id));
  const both = new Set(embedded.findings.map(({ id }) => id).filter((id) => theirs.has(id)));
  const groups = ({ incidents }: Outcome) =>
    incidents
      .map(({ findings }) =>
        findings
          .filter((id) => both.has(id))
          .sort()
          .join(),
      )
      .filter((group) => group !== '')
      .sort();
  return [groups(embedded), groups(found)];
}

function together(incidents: Outcome['incidents']): readonly string[] {
  return incidents.map(({ severity, findings }) => `${severity}: ${[...findings].sort().join(', ')}`).sort();
}
