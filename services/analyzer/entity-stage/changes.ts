// The reviewed changes of a place: a new host that came with a merged lock file is another thing than one that came with none.
//
// A change explains what a run does when somebody else than its author agreed to it (an approval, or the merge itself),
// it touches the run's own definition, or what all runs depend on (`explaining-paths.ts`), and the run is of its merge
// commit, or of the branch that it went into and within a day of it. Bound: the last 20 changes of a place are remembered.
import type { Activity } from '../../core/activity.ts';
import { definitionsIn } from '../../core/definition-paths.ts';
import { explainingIn } from '../../core/explaining-paths.ts';
import type { Explanation } from '../../core/explanation.ts';
import type { Json } from '../../core/json.ts';
import type { RunFacts } from '../../core/run-facts.ts';
import { DAY, type Instant } from '../../core/time.ts';
import type { Store } from './store.ts';

const REMEMBERED = 20;
const AFTER_MERGE = DAY;
const PATHS = 3;

interface Change {
  readonly id: string;
  readonly title?: string;
  readonly author?: string;
  /** Who approved or merged it, other than its author. */
  readonly reviewer?: string;
  readonly base?: string;
  readonly merged_at?: Instant;
  readonly revision?: string;
  readonly last: Instant;
}

/** What a pushed revision touched. */
type Pushed = readonly [revision: string, paths: readonly string[]];

export interface Changes {
  follow(place: string, activity: Activity): void;
  explaining(place: string, run: RunFacts | undefined, at: Instant): Explanation | undefined;
}

export function createChanges(store: Store): Changes {
  const changesOf = (place: string) => listOf<Change>(store.get(`changes/${place}`));
  const pushesOf = (place: string) => listOf<Pushed>(store.get(`pushes/${place}`));
  return {
    follow(place, activity) {
      const at = activity.observed_at;
      if (activity.kind === 'push') {
        const revision = activity.vcs?.ref?.head?.revision;
        const { added = [], modified = [], removed = [] } = activity.detail.paths ?? {};
        const paths = explainingIn([...added, ...modified, ...removed]).slice(0, PATHS);
        if (revision === undefined || paths.length === 0) return;
        const others = pushesOf(place).filter(([other]) => other !== revision);
        store.set(`pushes/${place}`, [...others, [revision, paths]].slice(-REMEMBERED * 2), at);
        return;
      }
      if (activity.kind !== 'change' && activity.kind !== 'review') return;
      const id = activity.vcs?.change?.id;
      if (id === undefined) return;
      const changes = changesOf(place);
      const before = changes.find((change) => change.id === id);
      const after = told(before, id, activity);
      if (before && JSON.stringify(before) === JSON.stringify(after)) return;
      const others = changes.filter((change) => change !== before);
      const kept = [...others, after].sort((a, b) => a.last - b.last).slice(-REMEMBERED);
      store.set(`changes/${place}`, kept as unknown as Json, at);
    },
    explaining(place, run, at) {
      if (!run) return undefined;
      for (const { id, title, reviewer, base, merged_at, revision } of changesOf(place).toReversed()) {
        if (reviewer === undefined || merged_at === undefined || revision === undefined || merged_at > at) continue;
        const isIts = run.revision === revision || (run.ref === base && at - merged_at <= AFTER_MERGE);
        if (!isIts) continue;
        const pushed = pushesOf(place).find(([which]) => which === revision);
        const paths = pushed?.[1].filter((path) => concerns(path, run));
        if (paths && paths.length > 0)
          return { change: id, ...(title !== undefined && { title }), reviewer, merged_at, paths };
      }
      return undefined;
    },
  };
}

/** Another pipeline's definition says nothing of this one. */
function concerns(path: string, { definition }: RunFacts): boolean {
  return definitionsIn([path]).length === 0 || definition === undefined || path === definition;
}

function told(before: Change | undefined, id: string, activity: Activity): Change {
  const { vcs, actor, observed_at: at } = activity;
  const detail = activity.kind === 'change' || activity.kind === 'review' ? activity.detail : undefined;
  const author = detail?.author ?? before?.author;
  const approves = activity.kind === 'review' && activity.detail.verdict === 'approved';
  const merges = activity.kind === 'change' && activity.detail.merged === true;
  const who = actor?.name;
  const agreed = (approves || merges) && who !== undefined && author !== undefined && who !== author ? who : undefined;
  const revision = activity.kind === 'change' ? activity.detail.merge_revision : undefined;
  const base = vcs?.ref?.base?.name;
  const reviewer = before?.reviewer ?? agreed;
  return {
    ...before,
    id,
    ...(vcs?.change?.title !== undefined && { title: vcs.change.title }),
    ...(author !== undefined && { author }),
    ...(reviewer !== undefined && { reviewer }),
    ...(base !== undefined && { base }),
    ...(merges && { merged_at: Math.min(before?.merged_at ?? at, at) }),
    ...(merges && revision !== undefined && { revision }),
    last: Math.max(before?.last ?? at, at),
  };
}

/** Written by `follow` alone, hence the assertion. */
function listOf<Item>(state: Json | undefined): readonly Item[] {
  return Array.isArray(state) ? (state as unknown as readonly Item[]) : [];
}
