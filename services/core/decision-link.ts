// Links to the question whether one step of a run may be taken, for cards and mails: each for one use, within a day, behind
// the console's login, and only as long as the plan is the one that it was made for. Following one decides nothing.
import { z } from 'zod';
import { isAwaited, planDigest } from './order.ts';
import type { PlaybookRun } from './playbook.ts';
import { claimsSchema, readToken, type Signing, signToken } from './signed-token.ts';
import { DAY } from './time.ts';

const decision = claimsSchema.extend({
  run: z.string(),
  /** From 0. */
  step: z.int().min(0),
  /** `planDigest` of the step when the link was made. */
  plan: z.string(),
  /** The person that it was made for; absent: any who may decide. */
  person: z.string().optional(),
});
export type DecisionClaims = z.output<typeof decision>;

export interface DecisionLink {
  /** From 0. */
  readonly step: number;
  readonly url: string;
}

/** A link for each step of the run that somebody may agree to now. `base`: `console.url`. */
export function decisionLinks(
  run: PlaybookRun,
  { base, person, ...signing }: Signing & { readonly base: string; readonly person?: string },
): readonly DecisionLink[] {
  return run.steps.flatMap((each, step) => {
    if (!isAwaited(each, signing.now)) return [];
    const until = Math.min(signing.now + DAY, each.expires === undefined ? Infinity : Date.parse(each.expires));
    const said = { run: run.id, step, plan: planDigest(each), person };
    return [{ step, url: `${base.replace(/\/+$/, '')}/decide/${signToken(signing, 'decision', until, said)}` }];
  });
}

export function readDecision(signing: Pick<Signing, 'key' | 'now'>, token: string): DecisionClaims | undefined {
  return readToken(signing, 'decision', decision, token);
}
