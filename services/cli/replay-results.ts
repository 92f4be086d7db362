// What a replay found, gathered from the log as it goes.
import type { Finding, FindingRecord } from '../core/finding.ts';
import type { Incident } from '../core/incident.ts';
import type { EventLog } from '../core/ports/event-log.ts';

export interface Results {
  /** In the order of time, each with the incident it ended in. */
  readonly findings: readonly Finding[];
  /** In the order of time; those that were merged into another are left out. */
  readonly incidents: readonly Incident[];
}

const PAGE = 1000;

export function collectResults(log: EventLog): { more(): Promise<void>; results(): Results } {
  const findings = new Map<string, Finding>();
  const incidents = new Map<string, Incident>();
  const read = { finding: 0, incident: 0 };

  async function drain(topic: 'finding' | 'incident', take: (value: string) => void): Promise<void> {
    for (;;) {
      const page = await log.read(topic, 0, read[topic], PAGE);
      for (const { value, offset } of page) {
        take(value);
        read[topic] = offset + 1;
      }
      if (page.length === 0) return;
    }
  }

  return {
    async more() {
      await drain('finding', (value) => {
        const { finding }: FindingRecord = JSON.parse(value);
        findings.set(finding.id, finding);
      });
      await drain('incident', (value) => {
        const incident: Incident = JSON.parse(value);
        incidents.set(incident.id, incident);
      });
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
