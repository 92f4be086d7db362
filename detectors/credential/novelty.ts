// What is new in a use of a credential, and how much that is worth: one new thing is a journey, a new laptop or a new task;
// a new place with a new program or a new purpose is how a stolen credential looks.
import type { Activity } from '../../services/core/activity.ts';
import type { Raise, Reading } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { entityKey } from '../../services/core/entity.ts';
import { surpriseOf } from '../../services/core/odds.ts';
import type { Impact } from '../../services/core/run-facts.ts';
import { FIRM, severityBy } from '../../services/core/severity-table.ts';
import { DAY } from '../../services/core/time.ts';
import { isBrowser } from './client-context.ts';
import type { ContextDetail } from './context-baseline.ts';
import { isPrivilegedFamily } from './operations.ts';

export interface Novelty {
  /** In the order of `ORDER`. */
  readonly dimensions: readonly string[];
  /** From a network that the credential was never used from. */
  readonly place: boolean;
  /** Of the others, those that are no mere detail: program, purpose, way to sign in, person. */
  readonly kinds: number;
  /** It has only ever done one thing, with one program, from one network: no person works so. */
  readonly narrow: boolean;
  /** A machine's own identity, at home in one network: nobody travels with it. */
  readonly rooted: boolean;
}

/** What fewer uses say is never worth a page. */
const FEW = 15;

const ORDER = ['network', 'country', 'client', 'version', 'family', 'method', 'user', 'repository'];
const KINDS: readonly (readonly string[])[] = [['client'], ['family', 'method'], ['user']];
/** Uses after which what does one thing from one network is a machine; and where the feed says that it is one. */
const NARROW = 200;
const NARROW_MACHINE = 60;
/** What is less surprising than this, in bits, is not told of one new thing alone: 1 in 512; 1 in 64 from another country. */
const WORTH_A_WORD = 9;
const WORTH_A_WORD_ABROAD = 6;

/** Known for less than a day: what one meets in a day is not all one does. */
export function isYoung({ observed_at: at }: Activity, { since }: Reading<ContextDetail>): boolean {
  return since === undefined || at - since < DAY;
}

export function noveltyOf({ actor }: Activity, { detail, observations }: Reading<ContextDetail>): Novelty {
  const { fresh, known } = detail;
  const machine = actor?.type === 'bot';
  const count = (dimension: string) => (known[dimension] ?? []).length;
  const writes = (known.family ?? []).some(({ value }) => value === 'git writes');
  return {
    dimensions: ORDER.filter((dimension) => fresh[dimension] !== undefined),
    place: fresh.network !== undefined,
    kinds: KINDS.filter((names) => names.some((dimension) => fresh[dimension] !== undefined)).length,
    narrow:
      observations >= (machine ? NARROW_MACHINE : NARROW) &&
      !writes &&
      count('network') === 1 &&
      count('client') <= 1 &&
      count('family') === 1,
    rooted: machine && observations >= NARROW_MACHINE && count('network') === 1,
  };
}

/** Who else comes from an address that this one was never at belongs to the same story. */
export function sharing(activity: Activity, { place }: Novelty): Pick<Raise, 'links'> {
  const address = entityOf('address', activity);
  return place && address ? { links: [{ key: entityKey(address) }] } : {};
}

/** Undefined: not worth telling. Severity is left to the table where its confidence is right. */
export function judged(
  activity: Activity,
  novelty: Novelty,
  { probability, observations, detail }: Reading<ContextDetail>,
): Pick<Raise, 'severity' | 'atMost'> | undefined {
  const { place, kinds, narrow, rooted } = novelty;
  const surprise = surpriseOf(probability);
  if (!place) {
    // From where it always comes: another person with it, or another program for another purpose.
    const odd = detail.fresh.user !== undefined || kinds >= 2;
    return odd && surprise >= WORTH_A_WORD && observations >= FIRM ? { atMost: 'low' } : undefined;
  }
  if (activity.kind === 'session' && activity.detail.mfa === true) return { atMost: 'low' };
  if (surprise < WORTH_A_WORD && kinds === 0 && detail.fresh.country !== undefined) {
    return surprise >= WORTH_A_WORD_ABROAD ? { atMost: 'low' } : undefined;
  }
  if (surprise < WORTH_A_WORD) return kinds >= 2 || detail.fresh.user !== undefined ? { atMost: 'low' } : undefined;
  if (kinds === 0) return { atMost: narrow ? 'medium' : 'low' };
  const hasNew = (which: string, fits: (value: string) => boolean) =>
    detail.sightings.some(({ dimension, value, times }) => dimension === which && times === 0 && fits(value));
  const browser = hasNew('client', isBrowser);
  // What never left its network is now elsewhere, and reaches for what it never did, secrets or rights.
  const reaches = rooted && hasNew('family', isPrivilegedFamily);
  if (!reaches && (browser || (kinds === 1 && !narrow))) return { atMost: 'medium' };
  // Three that agree are no guess, however few uses stand behind each: the pseudo-counts have that in them.
  const agreed = kinds >= 2 && activity.credential !== undefined && observations < FIRM;
  const severity = agreed ? severityBy(surprise, impactBy(activity, detail), FIRM) : undefined;
  if (severity === undefined) return {};
  return { severity, ...(observations < FEW && { atMost: 'medium' as const }) };
}

/** High where the use is privileged, or the credential can do what is. */
export function impactBy({ credential }: Activity, { sightings, known }: ContextDetail): Impact {
  const families = sightings.flatMap(({ dimension, value }) => (dimension === 'family' ? [value] : []));
  // What a person did before says nothing of what is done now; a token's owner made it for a purpose.
  if (credential !== undefined) families.push(...(known.family ?? []).map(({ value }) => value));
  const scoped = (credential?.scopes ?? []).some((scope) => /admin|write:packages|workflow/.test(scope));
  return scoped || families.some(isPrivilegedFamily) ? 'high' : 'medium';
}
