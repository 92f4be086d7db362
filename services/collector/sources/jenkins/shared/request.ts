// A request to Jenkins as an activity: what it changed, or that it was made.
import type { Piece } from '../../../delivery.ts';
import { known } from '../../../fields.ts';
import { deedOf, namedRequest, sessionOf } from './deeds.ts';
import { cicdOf, type Place } from './path.ts';

export interface Answered {
  /** Absent where the log does not tell it. */
  readonly method?: string | undefined;
  readonly status?: number | undefined;
}

/** Only a request that was answered well, and was no reading, changed something. */
function changes({ method, status }: Answered): boolean {
  const reads = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
  return !reads && (status === undefined || status < 400);
}

/** Scripts and commands stay requests, however they were answered: that somebody tries is what matters. */
export function requestPiece(place: Place, answered: Answered): Piece {
  const cicd = cicdOf(place);
  const around = cicd && { cicd };
  const named = namedRequest(place);
  const found =
    named === undefined ? (session(place, answered) ?? (changes(answered) ? deedOf(place) : undefined)) : undefined;
  if (found) return { ...around, ...found };
  const { method, status } = answered;
  return {
    kind: 'request',
    ...around,
    detail: known({ operation: named ?? place.shape, method, path: place.path, status }),
  };
}

function session(place: Place, { status }: Answered): Piece | undefined {
  const found = sessionOf(place);
  if (found?.kind !== 'session' || status === undefined || status < 400) return found;
  return { kind: 'session', detail: { ...found.detail, action: 'failure', reason: `status ${status}` } };
}
