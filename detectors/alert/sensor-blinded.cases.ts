// Cases of sensor-blinded.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { MINUTE } from '../../services/core/time.ts';

const AT = Date.UTC(2026, 2, 3, 14);

function alert(at: number, action: string, rule?: string, title?: string) {
  const detail = {
    action,
    tool: 'tetragon',
    ...(rule !== undefined && { rule }),
    ...(title !== undefined && { title }),
  };
  return activityAt(at, 'alert', detail, { source: 'tetragon', host: { name: 'runner-7' } });
}

export const cases: readonly DetectorCase[] = [
  {
    name: 'A sensor was tampered with',
    kind: 'hit',
    history: [],
    activity: alert(AT, 'blind', 'Agent-Tampered'),
    expected: 'medium',
  },
  {
    name: 'Events were dropped',
    kind: 'hit',
    history: [],
    activity: alert(AT, 'blind', 'rate limit', '12 events were dropped'),
    expected: 'low',
  },
  {
    name: 'Events are dropped again',
    kind: 'near-miss',
    history: [alert(AT, 'blind', 'rate limit', '12 events were dropped')],
    activity: alert(AT + 30 * MINUTE, 'blind', 'rate limit', '40 events were dropped'),
    expected: null,
  },
  {
    name: 'A sensor raises an alert of its own',
    kind: 'near-miss',
    history: [],
    activity: alert(AT, 'raised', 'Terminal shell in container'),
    expected: null,
  },
  {
    name: 'The first word of a sensor is that it stops',
    kind: 'cold-start',
    history: [],
    activity: alert(AT, 'blind', 'stop', 'The sensor was stopped'),
    expected: 'low',
  },
  { name: 'It gives no reason', kind: 'malformed', history: [], activity: alert(AT, 'blind'), expected: 'low' },
];
