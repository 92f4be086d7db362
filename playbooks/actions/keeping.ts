// Actions that keep what a system shows of a run, before it is stopped: they read and change nothing. Build logs are not among
// it: the collector has them already.
import { type Action, defineAction, type EvidenceRequest, type Target } from '../../services/core/action.ts';
import type { Json } from '../../services/core/json.ts';
import { entries } from './answer.ts';

type Keeping = Pick<Action, 'id' | 'title' | 'system' | 'permissions' | 'reference' | 'proof'> & {
  /** What is kept, as a part of a sentence. Throws TARGET_INVALID. */
  name(target: Target): string;
  /** As in `Action`. */
  evidence(target: Target): readonly EvidenceRequest[];
};

export function keepingEvidence({ name, ...action }: Keeping): Action {
  return defineAction({
    ...action,
    kind: 'capture-evidence',
    target: 'run',
    reversible: false,
    undoing: 'Nothing was changed; what was kept goes when the incident does.',

    look: async () => ({ state: null }),

    intend(target) {
      action.evidence(target);
      return {
        summary: `Keep what the system shows of ${name(target)}.`,
        changes: [],
        blast_radius: ['It only reads.'],
      };
    },

    holds: () => undefined,
  });
}

export function reading(name: string, path: string, then?: EvidenceRequest['then']): EvidenceRequest {
  return { name, request: { method: 'GET', path }, ...(then && { then }) };
}

const FULL = 100;

/** A list, page after page; `path` ends where its number goes. `inside` gives the list of an answer. */
export function readingPages(
  name: string,
  path: string,
  inside: (answer: Json) => Json = (answer) => answer,
  page = 1,
): EvidenceRequest {
  return reading(page === 1 ? name : `${name}-${page}`, `${path}per_page=${FULL}&page=${page}`, (answer) =>
    entries(inside(answer)).length < FULL ? [] : [readingPages(name, path, inside, page + 1)],
  );
}
