// A token used from where, with what and for what it never was: the second most telling sign (20 of 42 incidents).
import { defineDetector } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { type ContextDetail, type ContextState, context } from './context-baseline.ts';
import { contextPicture, inWords, knownInWords } from './context-words.ts';
import { impactBy, isYoung, judged, noveltyOf, sharing } from './novelty.ts';
import { isShortLived, USES, type Use, type UseKind, useOf } from './use.ts';

/** A credential of fewer uses has no ways of its own yet. */
const ENOUGH_USES = 3;

export const newCredentialContext = defineDetector<UseKind, Use, ContextState, ContextDetail>({
  id: 'new-credential-context',
  title: 'Known credential in a new context',
  summary:
    'Learns the networks, countries, client programs, operations and repositories that each token, key or account is used with, and notices a use that fits none of them.',
  catalogue: 'D024',
  severity: 'high',
  maturity: 'stable',
  owasp: ['CICD-SEC-6', 'CICD-SEC-2'],
  attack: [
    { tactic: 'TA0001', technique: 'T1078' },
    { tactic: 'TA0006', technique: 'T1528' },
  ],
  cases: () => import('./new-credential-context.cases.ts'),
  watches: USES,
  falsePositives: [
    'The owner moved a script to another machine and gave it a new task.',
    'The owner travels and uses another program on the way.',
    'A CI vendor changed its runners’ network and image at once.',
  ],
  next: [
    'Ask the owner, over another channel, whether the use is theirs.',
    'If not: revoke the credential, and list what it read since the first use from the new network.',
  ],
  by: 'credential',
  baseline: context,

  levels(activity) {
    // What lives for an hour has no past: `sleeping-credential` judges it by its owner's.
    if (isShortLived(activity.credential)) return [];
    return [entityOf('credential', activity) ?? entityOf('actor', activity) ?? []].flat();
  },

  observe: useOf,

  judge(activity, use, reading) {
    if (reading.observations < ENOUGH_USES - 0.5 || isYoung(activity, reading)) return undefined;
    const novelty = noveltyOf(activity, reading);
    const verdict = judged(activity, novelty, reading);
    if (!verdict) return undefined;
    const { client, credential, actor } = activity;
    const whose = `${credential?.type ?? (credential ? 'credential' : 'account')} of ${actor?.name ?? 'an unknown account'}`;
    return {
      ...verdict,
      impact: impactBy(activity, reading.detail),
      observed: `The ${whose} was used from ${client?.address ?? 'an unknown address'}: new ${inWords(use, novelty)}.`,
      expected: knownInWords(reading),
      picture: contextPicture(reading, novelty),
      ...sharing(activity, novelty),
      ...(novelty.dimensions.includes('client') && { facets: ['program'] }),
      oddity: `context:${novelty.dimensions.join('+')}:${use.network}`,
    };
  },
});
