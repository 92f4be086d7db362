// Whether an audit event raised, lowered or passed a guard rail: by the values before and after where it tells them,
// else by the verb in its name.
import type { ActivityDetails } from '../../../../core/activity.ts';
import { type Entry, targetOf } from './entry.ts';

type Change = ActivityDetails['protection']['change'];

const PASSED =
  /bypass|^skip_|_skipped$|not_enforced$|with_dismissed|with_policy_violations|settings_overrides$|warn_mode_merge_request_approval$/;
/** Lists of exceptions, and of who may: longer ones guard less, but that they grew is all that is told. */
const EXCEPTIONS = /filter|exclusion|access_level|job_token_(?:group|project)/;
const LOWERED = /(?:^|_)(?:delete|deleted|destroy|destroyed|remove|removed|unprotected|disabled|disable)(?:_|$)/;
const RAISED = /(?:^|_)(?:create|created|add|added|protected|enabled|enable)(?:_|$)/;
/** The new value decides, not the word `enabled` or `disable` in the setting's name. */
const SET = /(?:^|_)(?:update|updated|changed)(?:_|$)/;
const VERBS =
  /^(?:create|created|add|added|update|updated|delete|deleted|destroy|destroyed|remove|removed|changed|enable|disable)_|_(?:create|created|add|added|update|updated|delete|deleted|destroy|destroyed|removed|changed|enabled|disabled)$/g;

export function protection(entry: Entry): ActivityDetails['protection'] {
  const what = (entry.subject ?? entry.name.replaceAll(VERBS, '')).replaceAll('_', ' ');
  const target = targetOf(entry);
  return { change: changeOf(entry), what, ...(target !== undefined && { target }) };
}

function changeOf(entry: Entry): Change {
  const { name } = entry;
  if (PASSED.test(name)) return 'overridden';
  if (weakened(entry)) return 'removed';
  if (EXCEPTIONS.test(name) || SET.test(name)) return 'changed';
  if (LOWERED.test(name)) return 'removed';
  return RAISED.test(name) ? 'added' : 'changed';
}

/** `allow …` guards by being off, everything else by being on; of numbers and patterns, fewer and none guard less. */
export function weakened({ name, subject, from, to }: Entry): boolean {
  const words = (subject ?? name).replaceAll('_', ' ').toLowerCase();
  const allows = /\ballow/.test(words) && !/\b(?:prevent|disallow|only allow)/.test(words);
  if (allows) return isOff(from) && isOn(to);
  const [before, after] = [Number(from), Number(to)];
  if (from !== undefined && to !== undefined && before > 0 && after >= 0) return after < before;
  return isOn(from) && isOff(to);
}

function isOff(value: string | undefined): boolean {
  return value === undefined || /^(?:false|0|off|disabled|none|nil)?$/i.test(value);
}

function isOn(value: string | undefined): boolean {
  return !isOff(value);
}
