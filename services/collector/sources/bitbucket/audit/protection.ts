// What an audit entry says about a guard rail: whether it stands higher or lower than before, or held somebody.
import type { ProtectionDetail } from '../../../../core/details/trust.ts';
import { known } from '../../../fields.ts';
import { type Changed, type Entry, extraOf } from './entry.ts';
import { saidWords } from './kinds.ts';

type Change = ProtectionDetail['change'];

const VERBS = /\b(?:added|changed|created|deleted|disabled|enabled|modified|removed|updated)\b/g;

export function protectionOf(entry: Entry): ProtectionDetail {
  const words = saidWords(entry);
  const change = changeOf(words, entry);
  const lowered = entry.changes.filter(isLowered).map(({ name }) => name);
  return known({
    change,
    what: words.replace(VERBS, '').replace(/ {2,}/g, ' ').trim() || entry.action,
    target: extraOf(entry, 'name', 'rule', 'branch', 'ref', 'target') ?? entry.affected[0]?.name,
    reasons: lowered.length > 0 ? [...new Set(lowered)] : undefined,
  });
}

function changeOf(words: string, entry: Entry): Change {
  if (/\bunauthori[sz]ed\b/.test(words)) return 'refused';
  const verb = /\b(?:deleted|disabled|removed)\b/.test(words)
    ? 'removed'
    : /\b(?:added|created|enabled)\b/.test(words)
      ? 'added'
      : 'changed';
  // What is let through: one exemption more guards less.
  if (/\bsecret scanning\b.*(?:\bexempt|\ballow ?list)/.test(words)) return EXEMPTION[verb];
  return verb === 'changed' && entry.changes.some(isLowered) ? 'removed' : verb;
}

const EXEMPTION: Readonly<Record<'added' | 'removed' | 'changed', Change>> = {
  added: 'removed',
  removed: 'added',
  changed: 'changed',
};

/** How much the audit log covers. */
const LEVELS = ['off', 'base', 'advanced', 'full'];

/** `security : full` → `security : off`, or something switched off. */
function isLowered({ from, to }: Changed): boolean {
  const [before, after] = [lastWord(from), lastWord(to)];
  const [high, low] = [LEVELS.indexOf(before), LEVELS.indexOf(after)];
  if (high >= 0 && low >= 0) return low < high;
  return ON.has(before) && OFF.has(after);
}

const ON: ReadonlySet<string> = new Set(['true', 'enabled', 'on', 'yes']);
const OFF: ReadonlySet<string> = new Set(['false', 'disabled', 'off', 'no', '']);

function lastWord(value: string | undefined): string {
  return (
    value
      ?.slice(value.lastIndexOf(':') + 1)
      .trim()
      .toLowerCase() ?? ''
  );
}
