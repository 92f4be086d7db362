// The state of the organization while the acts are told in order: heads of branches, open changes, numbers of runs.
import type { Instant } from '../../services/core/time.ts';
import { sha } from './ids.ts';
import { type Account, personOf } from './people.ts';
import type { Recorder } from './recorder.ts';

export interface OpenedChange {
  readonly number: number;
  readonly title: string;
  readonly author: Account;
  readonly opened: Instant;
}

export interface Head {
  readonly sha: string;
  readonly message: string;
  readonly date: string;
  readonly author: Account;
}

export interface Stage {
  readonly recorder: Recorder;
  /** By `repository#branch`. */
  readonly heads: Map<string, Head>;
  /** By `repository#branch`. */
  readonly changes: Map<string, OpenedChange>;
  /** Paths that the commits of a branch touched, by `repository#branch`. */
  readonly touched: Map<string, Set<string>>;
  /** The next number of a sequence, from `first` on. */
  next(sequence: string, first: number): number;
}

export function createStage(recorder: Recorder): Stage {
  const sequences = new Map<string, number>();
  return {
    recorder,
    heads: new Map(),
    changes: new Map(),
    touched: new Map(),
    next(sequence, first) {
      const value = sequences.get(sequence) ?? first;
      sequences.set(sequence, value + 1);
      return value;
    },
  };
}

/** The head of a branch; of main where the branch is not there yet; of the time before the recording where neither is. */
export function headOf(stage: Stage, repository: string, branch = 'main'): Head {
  return (
    stage.heads.get(`${repository}#${branch}`) ??
    stage.heads.get(`${repository}#main`) ?? {
      sha: sha(`head/${repository}`),
      message: 'Prepare the spring release',
      date: '2026-02-27T15:10:00+01:00',
      author: personOf('tilde'),
    }
  );
}
