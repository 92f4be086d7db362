// What would have been done without asking anybody, in automatic mode, and when: kinds of action that can be undone, against the time
// until which a scenario wants them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ACTIONS } from '../../../playbooks/actions/index.ts';
import { shippedPlaybooks } from '../../../services/cli/playbooks.ts';
import type { Incident } from '../../../services/core/incident.ts';
import { type Instant, SECOND } from '../../../services/core/time.ts';
import { planContainment } from '../../../services/responder/plan.ts';

const Truth = z.object({
  pass: z.object({ contain: z.object({ by: z.number().optional(), expect: z.array(z.string()) }).optional() }),
  events: z.array(z.object({ n: z.number(), received: z.string().nullable().optional() })),
});

/** As the scorer takes one for the other. */
const SAME: Readonly<Record<string, string>> = {
  'pause-runner': 'isolate-runner',
  'hold-reference': 'disable-workflow',
};
const GRACE = 30 * SECOND;

export interface Unasked {
  /** Incidents as they became by a record that came then. */
  see(incidents: readonly Incident[], at: Instant): void;
  /** Of the kinds that a scenario expects and that can be undone: which asked, and which came late. `made`: its folder. */
  problems(made: string): readonly string[];
}

export function watchUnasked(): Unasked {
  const reversible = new Set<string>();
  const first = new Map<string, Instant>();
  return {
    see(incidents, at) {
      for (const incident of incidents) {
        for (const { action, approval } of planContainment(incident, shippedPlaybooks, ACTIONS)) {
          const kind = SAME[action.kind] ?? action.kind;
          if (action.reversible) reversible.add(kind);
          if (approval === null && !first.has(kind)) first.set(kind, at);
        }
      }
    },
    problems(made) {
      const { pass, events } = Truth.parse(JSON.parse(readFileSync(join(made, 'truth.json'), 'utf8')));
      const { by, expect = [] } = pass.contain ?? {};
      const until = Date.parse(
        events.findLast(({ n, received }) => received && (by === undefined || n <= by))?.received ?? '',
      );
      return expect.flatMap((kind) => {
        const same = SAME[kind] ?? kind;
        const at = first.get(same);
        if (at === undefined) return reversible.has(same) ? [`${kind} asks`] : [];
        const late = at - until - GRACE;
        return late > 0 ? [`${kind} ${Math.ceil(late / SECOND)} s late`] : [];
      });
    },
  };
}
