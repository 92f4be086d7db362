// What a mapper of an OCSF class works with.
import type { JsonObject } from '../../../../core/json.ts';
import { numeric, text } from '../../../fields.ts';
import type { Piece } from '../../../source.ts';

export interface Event {
  readonly body: JsonObject;
  /** `class_uid`: 3002 is Authentication. The thousands are the category. */
  readonly classUid: number;
  /** `activity_id`: what each number means depends on the class; 0 unknown, 99 other. */
  readonly activity: number;
}

/** Undefined for an activity that nothing here knows: it becomes kind `other`. */
export type Mapper = (event: Event) => Piece | undefined;

export function namedActivity({ body, activity }: Event): string {
  return text(body, 'activity_name') ?? String(activity);
}

/** `status_id`: 1 success, 2 failure. */
export function isFailure({ body }: Event): boolean {
  return numeric(body, 'status_id') === 2;
}

/** `action_id`: 1 allowed, 2 denied; `disposition_id`: 1 allowed, 2 blocked, 6 dropped, 25 rejected. */
export function verdictOf({ body }: Event): 'allowed' | 'blocked' | undefined {
  const action = numeric(body, 'action_id');
  const disposition = numeric(body, 'disposition_id');
  if (action === 2 || disposition === 2 || disposition === 6 || disposition === 25) return 'blocked';
  return action === 1 || disposition === 1 ? 'allowed' : undefined;
}

/** An unsuccessful call: what the answer says, else the event's own words. */
export function errorOf(event: Event): string | undefined {
  const { body } = event;
  const said = text(body, 'api', 'response', 'error') ?? text(body, 'api', 'response', 'error_message');
  return (
    said ??
    (isFailure(event) ? (text(body, 'status_detail') ?? text(body, 'status_code') ?? text(body, 'status')) : undefined)
  );
}

export function namesOf(names: readonly (string | undefined)[]): string | undefined {
  const found = names.filter((name) => name !== undefined);
  return found.length === 0 ? undefined : found.join(', ');
}
