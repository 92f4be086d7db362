// What the mappers of every system's webhooks work with: a delivery, the pieces it becomes, and names of refs.
import type { ActivityDetails, Vcs } from '../core/activity.ts';
import type { JsonObject } from '../core/json.ts';
import { anyKnown } from './fields.ts';
import type { Piece } from './source.ts';

export type { Piece } from './source.ts';

/** One delivery: the event's name, `action` where the event has several, and the body. */
export interface Delivery {
  readonly event: string;
  readonly action: string | undefined;
  readonly body: JsonObject;
}

export type Mapper = (delivery: Delivery) => readonly Piece[];

/** Kinds that need nothing but the action's name. */
type PlainKind = {
  [Kind in keyof ActivityDetails]: { readonly action: string } extends ActivityDetails[Kind] ? Kind : never;
}[keyof ActivityDetails];

/** A mapper to a kind with nothing but the action; `action` for events that have only one, without a name. */
export function plain(kind: Exclude<PlainKind, 'tick'>, action?: string): Mapper {
  return (delivery) => [{ kind, detail: { action: action ?? delivery.action ?? delivery.event } }];
}

type Head = NonNullable<NonNullable<Vcs['ref']>['head']>;
const NO_COMMIT = /^0+$/;

/** A commit id; the all-zero one, which stands for "none", counts as missing. */
export function revision(sha: string | undefined): string | undefined {
  return sha === undefined || NO_COMMIT.test(sha) ? undefined : sha;
}

/** Splits `refs/heads/main` into name and type; a name without the prefix has the type that is given. */
export function headOf(ref: string | undefined, sha?: string, type?: Head['type']): Head | undefined {
  const [, folder, rest] = ref === undefined ? [] : (/^refs\/(heads|tags)\/(.+)$/s.exec(ref) ?? []);
  const name = rest ?? ref;
  return anyKnown({
    name,
    revision: revision(sha),
    type: folder === undefined ? type : folder === 'heads' ? ('branch' as const) : ('tag' as const),
  });
}
