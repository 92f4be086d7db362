// Cases of credential-in-two-places: a key of an automation host, used a few times.
import type { DetectorCase } from '../../services/core/detector-case.ts';
import { MINUTE } from '../../services/core/time.ts';
import { after, call, calls } from './case-uses.ts';

const KEY = {
  credential: { id: 'AKIDEXAMPLE', type: 'long-term access key' },
  actor: 'shared-infra',
  source: 'aws.cloudtrail',
  operation: 'GetObject',
};
const HOST = { address: '192.0.2.14', user_agent: 'aws-cli/2.22.35 os/macos#24' };
const THIEF = { address: '203.0.113.70', user_agent: 'aws-cli/2.15.30 Python/3.11.8' };
const WORK = calls(6, { ...KEY, client: HOST });
const NOW = after(6);

export const cases: readonly DetectorCase[] = [
  {
    name: 'Two minutes after the host, another machine uses it elsewhere',
    kind: 'hit',
    history: [...WORK, call(NOW, { ...KEY, client: HOST })],
    activity: call(NOW + 2 * MINUTE, { ...KEY, client: THIEF }),
    expected: 'medium',
  },
  {
    name: 'The host’s use comes in later',
    kind: 'hit',
    history: [...WORK, call(NOW + 2 * MINUTE, { ...KEY, client: THIEF })],
    activity: call(NOW, { ...KEY, client: HOST }),
    expected: 'medium',
  },
  {
    name: 'The same machine turns its VPN on',
    kind: 'near-miss',
    history: [...WORK, call(NOW, { ...KEY, client: HOST })],
    activity: call(NOW + 2 * MINUTE, { ...KEY, client: { ...HOST, address: THIEF.address } }),
    expected: null,
  },
  {
    name: 'A browser on the laptop, and one on the telephone',
    kind: 'near-miss',
    history: [...WORK, call(NOW, { ...KEY, client: { ...HOST, user_agent: 'Mozilla/5.0 (X11) Chrome/140.0' } })],
    activity: call(NOW + MINUTE, { ...KEY, client: { ...THIEF, user_agent: 'Mozilla/5.0 (Android) Chrome/140.0' } }),
    expected: null,
  },
  {
    name: 'An hour later',
    kind: 'near-miss',
    history: [...WORK, call(NOW, { ...KEY, client: HOST })],
    activity: call(NOW + 60 * MINUTE, { ...KEY, client: THIEF }),
    expected: null,
  },
  {
    name: 'A token that jobs use all day long moves some of them',
    kind: 'near-miss',
    history: Array.from({ length: 300 }, (_, index) => call(NOW + index * 5 * MINUTE, { ...KEY, client: HOST })),
    activity: call(NOW + 300 * 5 * MINUTE, { ...KEY, client: THIEF }),
    expected: null,
  },
  {
    name: 'Its first day',
    kind: 'cold-start',
    history: [call(NOW, { ...KEY, client: HOST })],
    activity: call(NOW + 2 * MINUTE, { ...KEY, client: THIEF }),
    expected: null,
  },
  {
    name: 'No program and no address',
    kind: 'malformed',
    history: [...WORK, call(NOW, { ...KEY, client: HOST })],
    activity: call(NOW + MINUTE, { ...KEY, client: { address: '' } }),
    expected: null,
  },
];
