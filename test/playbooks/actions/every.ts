// What holds for every action of a system: without a credential it plans and asks nothing, what a system refuses ends as
// it should, looking only reads (the engine's guard throws otherwise), and sent twice it has one effect.
import { expect, test } from 'vitest';
import type { ActionPlan, Target } from '../../../services/core/action.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import { isReading } from '../../../services/responder/read-only.ts';
import type { ApiServer } from '../api-server.ts';
import { acting, codeOf } from './acting.ts';

export interface Aimed {
  readonly id: string;
  readonly target: Target;
  /** Sent twice it leaves two of what holds, and undoing takes both away; or the system refuses what is done already. */
  readonly makes?: 'one more' | 'an error';
  /** Answers to a change, or to looking, that say that there is nothing left to do. */
  readonly done?: readonly number[];
}

/** As sent. */
export function sentOf({ requests }: ActionPlan): unknown[] {
  return requests.map(({ accepts: _, ...request }) => request);
}

const ANSWERS = [
  { status: 400, code: 'API_REFUSED operator' },
  { status: 401, code: 'API_REFUSED operator' },
  { status: 403, code: 'API_REFUSED operator' },
  { status: 422, code: 'API_REFUSED operator' },
  { status: 429, headers: { 'retry-after': '60' }, code: 'API_BUSY retry' },
  { status: 500, code: 'API_BUSY retry' },
] as const;

/** Some systems are asked by POST. */
function reads(line: string): boolean {
  return line.startsWith('GET') || isReading({ method: 'POST', path: line.replace(/^POST /, '') });
}

/** `open` gives the server of this test, in which every target has something to be done to it. */
export function everyAction(aimed: readonly Aimed[], open: () => ApiServer): void {
  test.each(aimed)('$id plans without a credential, asks nothing, and says so', ({ id, target }) => {
    const server = open();
    const plan = acting(id, server.api).blind(target);
    expect(plan.requests.length).toBeGreaterThan(0);
    expect(plan.before).toBeNull();
    expect(server.requests).toEqual([]);
  });

  test.each(aimed)('$id says what became of a call that is not taken', async ({ id, target, done = [] }) => {
    const server = open();
    const act = acting(id, server.api);
    const plan = await act.plan(target);
    for (const { code, ...answer } of ANSWERS.filter(({ status }) => !done.includes(status))) {
      server.before = (line) => (reads(line) ? undefined : answer);
      expect(await codeOf(act.send(plan)), String(answer.status)).toBe(code);
      server.before = () => answer;
      expect(await codeOf(act.plan(target)), String(answer.status)).toBe(code);
    }
    expect(server.effects).toEqual([]);
  });

  test.each(aimed)('$id, sent twice, has the effect of once; then it holds and nothing is left', async (one) => {
    const server = open();
    const act = acting(one.id, server.api);
    const plan = await act.plan(one.target);
    expect(await act.holds(one.target)).toBe(false);
    await act.send(plan);
    const effects = [...server.effects];
    expect(effects.length).toBeGreaterThan(0);
    const again = act.send(plan);
    if (one.makes === 'an error') expect(await codeOf(again)).toBe('API_REFUSED operator');
    else await again;
    if (one.makes !== 'one more') expect(server.effects).toEqual(effects);
    if (act.action.unseen) return expect(await act.holds(one.target)).toBe(false);
    expect(await act.holds(one.target)).toBe(true);
    expect((await act.plan(one.target)).requests).toEqual([]);
    if (!act.action.reversible) return expect(act.action.undo).toBeUndefined();
    await act.undo(one.target, plan);
    expect(await act.state(one.target)).toEqual(plan.before);
    expect(await act.undo(one.target, plan)).toBe(0);
  });
}

/** Refused before anything is asked. */
export function refusesEvery(aimed: readonly Aimed[], open: () => ApiServer): void {
  test.each(aimed)('$id refuses a target that was made to mislead: $target', async ({ id, target }) => {
    const server = open();
    expect(await codeOf(acting(id, server.api).plan(target))).toBe('TARGET_INVALID give-up');
    expect(() => acting(id, server.api).blind(target)).toThrow(PipewardenError);
    expect(server.requests).toEqual([]);
  });
}
