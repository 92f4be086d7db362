// What a replay found, gathered as it goes.
import type { Found } from '../analyzer/engine.ts';
import type { Finding } from '../core/finding.ts';
import type { Incident } from '../core/incident.ts';

export interface Results {
  /** In the order of time, each with the incident it ended in. */
  readonly findings: readonly Finding[];
  /** In the order of time; those that were merged into another are left out. */
  readonly incidents: readonly Incident[];
}

export function collectResults(): { add(found: Found): void; results(): Results } {
  const findings = new Map<string, Finding>();
  const incidents = new Map<string, Incident>();
  return {
    add(found) {
      for (const { finding } of found.findings) findings.set(finding.id, finding);
      for (const incident of found.incidents) incidents.set(incident.id, incident);
    },
    results() {
      const kept = [...incidents.values()].filter(({ status }) => status !== 'merged');
      const incidentOf = new Map(kept.flatMap(({ id, findings: ids }) => ids.map((finding) => [finding, id] as const)));
      return {
        findings: [...findings.values()]
          .map((finding) => ({ ...finding, incident: incidentOf.get(finding.id) ?? null }))
          .sort((a, b) => order(a.time, b.time) || order(a.id, b.id)),
        incidents: kept.sort((a, b) => order(a.opened, b.opened) || order(a.id, b.id)),
      };
    },
  };
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
