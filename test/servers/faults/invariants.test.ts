// What the rounds look for is found: each thing that must not happen, made up.
import { expect, test } from 'vitest';
import { CHAIN_START, chain } from '../../../services/core/audit.ts';
import type { RunDocument } from '../../../services/responder/run.ts';
import { embeddedOutcome } from '../scale-out.ts';
import { countedAgain, missing, wrong } from './invariants.ts';
import type { Kept, Logged } from './site.ts';
import { storyOf } from './story.ts';

const story = storyOf('made-up', 2, Date.UTC(2026, 2, 2, 12));
const truth = await embeddedOutcome(
  story.sendings.map(({ event, body }) => ({
    source: 'github.webhook',
    event,
    received_at: Date.UTC(2026, 2, 2, 12),
    body,
  })),
);
const entry = {
  id: 'decision-1',
  time: '2026-03-02T12:00:00.000Z',
  actor: 'pipewarden',
  action: 'action.verified',
  subject: 'run-1',
  outcome: 'success' as const,
  detail: {},
};
const audit = [chain(1, CHAIN_START, entry)];
const run = (repository: string): RunDocument => ({
  id: `run of ${repository}`,
  incident: 'incident-1',
  playbooks: ['contain-run'],
  title: 'Contain a run',
  mode: 'act',
  status: 'done',
  created: entry.time,
  updated: entry.time,
  steps: [
    {
      playbook: 'contain-run',
      action: 'github.cancel-run',
      kind: 'cancel-run',
      target: { type: 'run', id: `${repository}/42`, repository },
      reversible: false,
      approval: null,
      group: 0,
      status: 'verified',
    },
  ],
  audit: [entry],
  exported: 1,
  unexported: 0,
  lease: null,
});

interface Made {
  readonly logged: Logged;
  readonly kept: Kept;
  readonly effects: readonly string[];
  readonly told: readonly { readonly id: string; readonly body: unknown; readonly status: number }[];
  readonly requests: readonly string[];
}

const good: Made = {
  logged: {
    activities: truth.activities,
    findings: truth.findings,
    incidents: truth.incidents,
    decisions: [entry],
    audit,
    deadLetters: [],
  },
  kept: {
    findings: truth.findings.map(({ id }) => id),
    incidents: truth.incidents,
    audit,
    runs: story.repositories.map(run),
  },
  effects: story.effects,
  told: truth.incidents.map((incident) => ({ id: incident.id, status: 204, body: { data: incident } })),
  requests: story.repositories.map((name) => `POST /repos/${name}/actions/runs/42/cancel`),
};

function seen({ logged, kept, effects, told, requests }: Made) {
  return {
    github: { effects, requests, rulesets: [] },
    hooks: { hooks: told },
    logged: async () => logged,
    stored: async () => kept,
  };
}

const expected = { story, truth };

test('an undisturbed round is right', async () => {
  expect(truth.findings.length).toBe(4);
  expect(await missing(seen(good), expected)).toEqual([]);
  expect(await wrong(seen(good), expected)).toEqual([]);
  expect(countedAgain(seen(good), story)).toEqual({ requests: 0, hooks: 0 });
});

const { logged, kept } = good;
const [finding] = truth.findings;
const [incident] = truth.incidents;

test.each<[string, Partial<Made>, RegExp]>([
  ['an activity', { logged: { ...logged, activities: logged.activities.slice(1) } }, /^activity .* is not in the log/],
  ['a finding', { logged: { ...logged, findings: logged.findings.slice(1) } }, /^not found: /],
  ['an effect', { effects: story.effects.slice(1) }, /^not done: labelled/],
  ['a finding in the store', { kept: { ...kept, findings: [] } }, /^finding .* is not in the store/],
  ['an incident in the store', { kept: { ...kept, incidents: [] } }, /is in the store as undefined/],
  ['a decision', { logged: { ...logged, audit: [] } }, /is not in the chain/],
  ['an audit entry in the store', { kept: { ...kept, audit: [] } }, /the store has 0 of 1/],
  ['a run', { kept: { ...kept, runs: [] } }, /^the containment of .* is not done/],
  ['a webhook', { told: [] }, /^the receiver was not told/],
])('%s that was lost is noticed', async (_what, change, problem) => {
  expect((await missing(seen({ ...good, ...change }), expected)).join('\n')).toMatch(problem);
});

test.each<[string, Partial<Made>, RegExp]>([
  [
    'a finding',
    { logged: { ...logged, findings: [...logged.findings, ...(finding ? [finding] : [])] } },
    /raised twice/,
  ],
  [
    'an incident',
    { logged: { ...logged, incidents: [...logged.incidents, ...(incident ? [incident] : [])] } },
    /told twice/,
  ],
  ['an effect', { effects: [...story.effects, ...story.effects.slice(0, 1)] }, /^effects were/],
  ['a decision', { logged: { ...logged, audit: [...audit, ...audit] } }, /in the chain twice/],
  [
    'an entry of another chain',
    { logged: { ...logged, audit: [{ ...audit[0], number: 2 } as never] } },
    /chain is broken/,
  ],
  ['a dead letter', { logged: { ...logged, deadLetters: [{ id: 'x' }] } }, /^given up/],
])('%s too many is noticed', async (_what, change, problem) => {
  expect((await wrong(seen({ ...good, ...change }), expected)).join('\n')).toMatch(problem);
});

test('what is sent again is counted', () => {
  const again = { ...good, told: [...good.told, ...good.told], requests: [...good.requests, ...good.requests] };
  expect(countedAgain(seen(again), story)).toEqual({ requests: 2, hooks: 2 });
});
