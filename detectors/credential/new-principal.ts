// Somebody or something new may write, publish or administer: a collaborator, an owner, a key, a token, an app. Nearly always
// ordinary; not where whoever grants it is somewhere they never were (I01, I15, I23, I40).
import { defineDetector } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { type ContextDetail, type ContextState, context } from './context-baseline.ts';
import { contextPicture, inWords, knownInWords } from './context-words.ts';
import { noveltyOf } from './novelty.ts';
import { newPrincipalIn } from './principals.ts';
import { USES, type Use, type UseKind, useOf } from './use.ts';

/** Whoever was seen less has no ways yet, so nothing can be said of where they grant from. */
const ENOUGH_USES = 20;

export const newPrincipal = defineDetector<UseKind, Use, ContextState, ContextDetail>({
  id: 'new-principal',
  title: 'New principal with access',
  summary:
    'Somebody was given access, or a key, token or app was made; worse when whoever did it was somewhere, or worked with something, they never did before.',
  catalogue: 'D087',
  severity: 'medium',
  maturity: 'stable',
  owasp: ['CICD-SEC-2', 'CICD-SEC-1'],
  attack: [
    { tactic: 'TA0003', technique: 'T1098' },
    { tactic: 'TA0003', technique: 'T1136.003' },
  ],
  cases: () => import('./new-principal.cases.ts'),
  watches: USES,
  falsePositives: ['An administrator lets somebody in while travelling.', 'A person adds the key of a new laptop.'],
  next: [
    'Ask whoever granted it, over another channel, whether they did, and for whom.',
    'If not: take the access away again, and look at what the new principal did since.',
  ],
  by: 'actor',
  baseline: context,

  levels(activity) {
    return [entityOf('actor', activity) ?? []].flat();
  },

  observe(activity) {
    const use = useOf(activity);
    // Feeds that do not tell whence still tell who was let in.
    if (!use) return newPrincipalIn(activity) ? { network: '', values: {} } : undefined;
    const { network, country, client } = use.values;
    return { ...use, values: { ...(network && { network }), ...(country && { country }), ...(client && { client }) } };
  },

  judge(activity, use, reading) {
    const granted = newPrincipalIn(activity);
    if (!granted || granted.own) return undefined;
    const { actor, client } = activity;
    const novelty = noveltyOf(activity, reading);
    const odd = novelty.place && reading.observations >= ENOUGH_USES;
    // A call says less than an audit log does of what came of it.
    if (!odd && activity.kind === 'request') return undefined;
    const who = actor?.name ?? 'Somebody unnamed';
    const whom = granted.name === undefined ? '' : ` (${granted.name.slice(0, 60)})`;
    return {
      severity: odd ? 'medium' : 'low',
      observed: `${who} granted ${granted.what}${whom}${from(client?.address ?? use.network)}${odd ? `: new ${inWords(use, novelty)}` : ''}.`,
      expected: odd ? knownInWords(reading) : 'Whoever gains access is expected by whoever is responsible for it.',
      ...(odd && { picture: contextPicture(reading, novelty) }),
      oddity: `grants:${granted.what}:${granted.name ?? ''}:${use.network}`,
    };
  },
});

function from(place: string): string {
  return place === '' ? '' : ` from ${place}`;
}
