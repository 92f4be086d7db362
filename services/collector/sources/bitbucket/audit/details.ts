// What each kind of activity says beyond the common fields, read from an audit entry.
import type { ActivityDetails } from '../../../../core/activity.ts';
import { known } from '../../../fields.ts';
import type { Piece } from '../../../source.ts';
import { hostOf } from '../../github/shared/address.ts';
import { affectedName, type Entry, extraOf } from './entry.ts';
import { type AuditKind, saidWords } from './kinds.ts';
import { protectionOf } from './protection.ts';

export function said(kind: AuditKind, entry: Entry): Piece {
  const { action } = entry;
  switch (kind) {
    case 'access':
      return { kind, detail: accessOf(entry) };
    case 'grant':
      return { kind, detail: grantOf(entry) };
    case 'protection':
      return { kind, detail: protectionOf(entry) };
    case 'session':
      return { kind, detail: sessionOf(entry) };
    case 'integration':
      return { kind, detail: integrationOf(entry) };
    case 'secret':
      return { kind, detail: known({ action, name: extraOf(entry, 'name', 'key', 'variable') }) };
    case 'request':
      return { kind, detail: known({ operation: action, transport: transportOf(entry) }) };
    case 'setting':
      return { kind, detail: settingOf(entry) };
    case 'repository':
      return { kind, detail: repositoryOf(entry) };
    case 'change':
      return { kind, detail: changeOf(entry) };
    case 'review':
      return { kind, detail: reviewOf(entry) };
    case 'discussion':
      return { kind, detail: { action: verbOf(entry), on: placeOf(entry) } };
    case 'runner':
      return { kind, detail: { action: verbOf(entry) } };
    case 'other':
      return { kind, detail: { type: action } };
  }
}

/** `granted`, `deleted`: Data Center's actions end in what happened, Cloud's begin with it. */
export function verbOf(entry: Entry): string {
  const words = saidWords(entry).split(' ');
  return words.findLast((word) => word.endsWith('ed')) ?? words.at(-1) ?? 'changed';
}

function accessOf(entry: Entry): ActivityDetails['access'] {
  const team = affectedName(entry, 'GROUP') ?? extraOf(entry, 'parent group', 'group');
  const permission = entry.changes.find(({ name }) => /permission|role|access/i.test(name));
  return known({
    action: entry.action,
    subject: affectedName(entry, 'USER') ?? extraOf(entry, 'user') ?? team,
    role: permission?.to ?? extraOf(entry, 'permission', 'permissions', 'role'),
    previous_role: permission?.from,
    team,
  });
}

const GRANTS: readonly (readonly [RegExp, string])[] = [
  [/access token|api token/, 'personal access token'],
  [/repository.*(?:deploy|access) key|(?:deploy|access) key.*(?:repository|project)|deploy key/, 'deploy key'],
  [/ssh|access key/, 'ssh key'],
  [/gpg|signing/, 'signing key'],
  [/app password/, 'app password'],
  [/oauth/, 'oauth token'],
  [/password|credential/, 'password'],
];

function grantOf(entry: Entry): ActivityDetails['grant'] {
  const words = saidWords(entry);
  const permission = extraOf(entry, 'permission', 'permissions');
  return known({
    action: entry.action,
    name: extraOf(entry, 'name', 'label', 'token name'),
    type: GRANTS.find(([pattern]) => pattern.test(words))?.[1],
    subject: affectedName(entry, 'USER'),
    fingerprint: extraOf(entry, 'fingerprint'),
    write: permission === undefined ? undefined : /WRITE|ADMIN/i.test(permission),
  });
}

function sessionOf(entry: Entry): ActivityDetails['session'] {
  const words = saidWords(entry);
  const failed = /\bfail/.test(words);
  const action = failed
    ? 'failure'
    : /logout|logged out/.test(words)
      ? 'logout'
      : /login|logged in/.test(words)
        ? 'login'
        : 'other';
  return known({
    action,
    method: /\bssh\b/.test(words) ? 'ssh' : extraOf(entry, 'authentication method'),
    reason: extraOf(entry, 'error', 'reason'),
  });
}

function integrationOf(entry: Entry): ActivityDetails['integration'] {
  const url = entry.changes.find(({ name }) => /^url$/i.test(name));
  const host = hostOf(url?.to ?? extraOf(entry, 'url'));
  const before = hostOf(url?.from);
  return known({
    action: entry.action,
    name: extraOf(entry, 'name', 'title', 'plugin key', 'key') ?? extraOf(entry, 'target'),
    host,
    previous_host: before === host ? undefined : before,
  });
}

function transportOf(entry: Entry): string | undefined {
  return /\b(?:ssh|https?)\b/.exec(saidWords(entry))?.[0] ?? extraOf(entry, 'transport', 'protocol');
}

function settingOf(entry: Entry): ActivityDetails['setting'] {
  const change = entry.changes[0];
  const name = /default branch/.test(saidWords(entry)) ? 'default_branch' : (change?.name ?? entry.message);
  return known({ action: entry.action, name, from: change?.from, to: change?.to });
}

const PUBLIC = /public|privacy|visibility/i;

/** In the words that webhooks have for the same. */
function repositoryOf(entry: Entry): ActivityDetails['repository'] {
  const visibility = entry.changes.find(({ name }) => PUBLIC.test(name));
  const change = visibility ?? entry.changes.find(({ name }) => /^(?:name|slug|project)$/i.test(name));
  const action = visibility
    ? /^(?:true|public)$/i.test(visibility.to ?? '')
      ? 'publicized'
      : 'privatized'
    : verbOf(entry);
  return known({ action, from: change?.from, to: change?.to });
}

const CHANGES: ReadonlyMap<string, string> = new Map([
  ['created', 'opened'],
  ['merged', 'closed'],
  ['declined', 'closed'],
  ['updated', 'edited'],
]);

function changeOf(entry: Entry): ActivityDetails['change'] {
  const verb = verbOf(entry);
  const merged = verb === 'merged' ? true : verb === 'declined' ? false : undefined;
  return known({ action: CHANGES.get(verb) ?? verb, merged });
}

function reviewOf(entry: Entry): ActivityDetails['review'] {
  const words = saidWords(entry);
  const gone = /unapproved|removed/.test(words);
  const verdict = gone
    ? 'dismissed'
    : /approv/.test(words)
      ? 'approved'
      : /needs work/.test(words)
        ? 'changes_requested'
        : undefined;
  return known({ action: gone ? 'dismissed' : 'submitted', verdict });
}

function placeOf(entry: Entry): ActivityDetails['discussion']['on'] {
  const words = saidWords(entry);
  return /issue/.test(words) ? 'issue' : /commit /.test(words) ? 'commit' : 'change';
}
