// The plain form of a message: one JSON object with a type, an id for the receiver to drop repeats by, and the thing itself.
import { contentId } from '../../core/json.ts';
import type { Message } from '../destination.ts';

export interface ForwardedEvent {
  /** The same message always has the same one. */
  readonly id: string;
  readonly type:
    | 'finding.raised'
    | 'incident.changed'
    | 'weakness.changed'
    | 'measure.changed'
    | 'audit.recorded'
    | 'dead-letter.added';
  /** RFC 3339, UTC: of what happened, not of the sending. */
  readonly timestamp: string;
  readonly data: object;
}

export function toEvent(message: Message): ForwardedEvent {
  switch (message.type) {
    case 'finding': {
      const { finding } = message.record;
      return { id: finding.id, type: 'finding.raised', timestamp: finding.time, data: finding };
    }
    case 'incident': {
      const { incident } = message;
      const id = contentId('incident', incident.id, incident.revision);
      return { id, type: 'incident.changed', timestamp: incident.updated, data: incident };
    }
    case 'weakness': {
      const { weakness } = message;
      const id = contentId('weakness', weakness.id, weakness.revision);
      return { id, type: 'weakness.changed', timestamp: weakness.last_seen, data: weakness };
    }
    case 'measure': {
      const { day } = message;
      const id = contentId('measure', day.id, day.revision);
      return { id, type: 'measure.changed', timestamp: `${day.day}T00:00:00.000Z`, data: day };
    }
    case 'audit': {
      const { entry } = message;
      return { id: entry.hash, type: 'audit.recorded', timestamp: entry.entry.time, data: entry };
    }
    case 'dead-letter': {
      const { letter } = message;
      return { id: letter.id, type: 'dead-letter.added', timestamp: letter.time, data: letter };
    }
  }
}
