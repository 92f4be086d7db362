// System Activity, category 1. https://schema.ocsf.io/categories/system

import type { ActivityDetails } from '../../../../core/activity.ts';
import { anyKnown, known, numeric, text } from '../../../fields.ts';
import type { Piece } from '../../../source.ts';
import { type Event, namedActivity } from './event.ts';

/** 1007: launched, ended; 3 opens another's memory, 4 injects into it. */
export function process(event: Event): Piece | undefined {
  const { body, activity } = event;
  if (activity === 1) return { kind: 'process', detail: { action: 'start' } };
  if (activity === 2) return { kind: 'process', detail: { action: 'end' } };
  if (activity === 3 || activity === 4) return memoryOf(body, activity === 3 ? 'trace' : 'write');
  return undefined;
}

function memoryOf(body: Event['body'], action: ActivityDetails['memory']['action']): Piece {
  const target = anyKnown({
    pid: numeric(body, 'process', 'pid'),
    executable: text(body, 'process', 'file', 'path') ?? text(body, 'process', 'name'),
  });
  return { kind: 'memory', detail: known({ action, target }) };
}

/** 1004: pages of a process read, written, changed. */
export function memory({ body, activity }: Event): Piece | undefined {
  if (activity === 7) return memoryOf(body, 'read');
  return activity === 2 || activity === 8 ? memoryOf(body, 'write') : undefined;
}

const FILES: Readonly<Record<number, ActivityDetails['file']['action']>> = {
  1: 'create',
  2: 'read',
  3: 'write',
  4: 'delete',
  5: 'rename',
  6: 'attributes',
  7: 'attributes',
  10: 'write',
  11: 'write',
  12: 'mount',
  14: 'read',
};

/** 1001. */
export function file(event: Event): Piece | undefined {
  const { body } = event;
  const action = FILES[event.activity];
  const path = text(body, 'file', 'path') ?? text(body, 'file', 'name');
  if (action === undefined || path === undefined) return undefined;
  return { kind: 'file', detail: known({ action, path, target: text(body, 'file_result', 'path') }) };
}

/** 1005, and 1002 for drivers: a library that a process takes in is read. */
export function module({ body, activity }: Event): Piece | undefined {
  const path =
    text(body, 'module', 'file', 'path') ??
    text(body, 'driver', 'file', 'path') ??
    text(body, 'module', 'file', 'name');
  return path === undefined || activity === 2 ? undefined : { kind: 'file', detail: { action: 'read', path } };
}

/** 1008: a log that is cleared, deleted or no longer written. */
export function eventLog(event: Event): Piece {
  const change = [1, 2, 7, 10].includes(event.activity)
    ? 'removed'
    : [6, 9].includes(event.activity)
      ? 'added'
      : 'changed';
  const target = text(event.body, 'log_name') ?? text(event.body, 'metadata', 'log_name');
  return { kind: 'protection', detail: known({ change, what: `event log: ${namedActivity(event)}`, target }) };
}

/** 1006: something that the machine will run by itself. */
export function scheduledJob(event: Event): Piece {
  return {
    kind: 'setting',
    detail: known({ action: `scheduled job: ${namedActivity(event)}`, name: text(event.body, 'job', 'name') }),
  };
}

/** 1009. */
export function script(): Piece {
  return { kind: 'process', detail: { action: 'start' } };
}
