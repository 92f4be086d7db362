// A credential that slept, or that its owner never used, wakes up somewhere new: old tokens in forgotten places are what
// thieves find (I13, I28, I37, I39). What the owner is known for is learned over all of their credentials; short-lived ones
// have no past of their own and are judged by that alone.
import type { Activity } from '../../services/core/activity.ts';
import { defineDetector } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { DAY, formatInstant, type Instant } from '../../services/core/time.ts';
import { type ContextDetail, type ContextState, context } from './context-baseline.ts';
import { contextPicture, inWords, knownInWords } from './context-words.ts';
import { impactBy, isYoung, noveltyOf, sharing } from './novelty.ts';
import { isAppsOwn, isShortLived, USES, type Use, type UseKind, useOf } from './use.ts';

/** Sixty days: longer than holidays, shorter than what secrets are usually rotated by. */
const ASLEEP = 60 * DAY;
/** An owner of fewer uses has no ways yet; one known for less may have other credentials that were not seen yet. */
const ENOUGH_USES = 20;
const SETTLED = 14 * DAY;
/** What an account does without naming a credential. */
const NONE = 'none told';
const LONGEST = 60;

export const sleepingCredential = defineDetector<UseKind, Use, ContextState, ContextDetail>({
  id: 'sleeping-credential',
  title: 'Sleeping or unknown credential wakes in a new context',
  summary:
    'Learns where and how each account works over all of its credentials, and notices one that was not used for months, or never, and now is from where its owner never was.',
  catalogue: 'D040',
  severity: 'high',
  maturity: 'stable',
  owasp: ['CICD-SEC-6', 'CICD-SEC-2'],
  attack: [
    { tactic: 'TA0001', technique: 'T1078' },
    { tactic: 'TA0008', technique: 'T1550.001' },
  ],
  cases: () => import('./sleeping-credential.cases.ts'),
  watches: USES,
  falsePositives: ['The owner makes a token on a journey, for a new tool.', 'A job that runs once a quarter.'],
  next: [
    'Ask the owner whether they know the credential, and use it now.',
    'If not: revoke it; it is old, so nothing depends on it.',
  ],
  by: 'actor',
  baseline: context,

  levels(activity) {
    return [entityOf('actor', activity) ?? []].flat();
  },

  observe(activity) {
    const use = useOf(activity);
    // What an app does in its own name says nothing of the person who stands behind it.
    if (!use || (isAppsOwn(activity.credential) && activity.actor?.type === 'person')) return undefined;
    // Whose it is goes without saying, and what an owner's credentials have in common is not which repositories they touch.
    const { user: _user, repository: _repository, version: _version, ...values } = use.values;
    return { ...use, values: { ...values, credential: [nameOf(activity.credential)] } };
  },

  judge(activity, use, reading) {
    const { observed_at: at, actor, client, credential } = activity;
    const [id = NONE] = use.values.credential ?? [];
    const last = reading.detail.lastOf('credential', id);
    const passing = isShortLived(credential);
    const slept = !passing && last !== undefined && at - last >= ASLEEP;
    const known = last !== undefined && !slept && !passing;
    if (known || (credential === undefined && !slept) || reading.observations < ENOUGH_USES) return undefined;
    if (isYoung(activity, reading)) return undefined;
    const novelty = noveltyOf(activity, reading);
    if (!slept && (!novelty.place || novelty.kinds === 0)) return undefined;
    if (activity.kind === 'session' && activity.detail.mfa === true) return undefined;
    const what = credential === undefined ? 'account' : (credential.type ?? 'credential');
    const settled = slept || at - (reading.since ?? at) >= SETTLED;
    return {
      // From where its owner works, a sleeper is a reminder.
      ...(novelty.place && settled
        ? { atMost: slept && novelty.kinds > 0 ? ('high' as const) : ('medium' as const) }
        : { severity: 'low' as const }),
      impact: impactBy(activity, reading.detail),
      observed: `A ${what} of ${actor?.name ?? 'an unknown account'} ${passing ? '' : `that ${asleep(last)} `}was used from ${client?.address ?? use.network}${novelty.dimensions.length > 0 ? `: new ${inWords(use, novelty)}` : ''}.`,
      expected:
        novelty.dimensions.length > 0 ? knownInWords(reading) : 'What is not needed for months is better revoked.',
      picture: contextPicture(reading, novelty),
      ...sharing(activity, novelty),
      oddity: `wakes:${id}:${use.network}`,
    };
  },
});

/** One name for all that live for an hour, so that they do not push out the others. */
function nameOf(credential: Activity['credential']): string {
  if (!credential) return NONE;
  return isShortLived(credential) ? 'short-lived' : credential.id.slice(0, LONGEST);
}

function asleep(last: Instant | undefined): string {
  return last === undefined ? 'was never seen before' : `had not been used since ${formatInstant(last).slice(0, 10)}`;
}
