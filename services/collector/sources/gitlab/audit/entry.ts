// An audit event in one form. Streams nest what happened in `details`, the API too but without the event's name in old
// versions; `audit_json.log` has everything at the top, some exports call it `detail`.
// https://docs.gitlab.com/user/compliance/audit_event_schema/ and …/administration/logs/#audit_jsonlog
import { isObject, type Json, type JsonObject } from '../../../../core/json.ts';
import { at, identifier, text, told } from '../../../fields.ts';

export interface Entry {
  readonly body: JsonObject;
  /** What happened, where it is nested; else the body. */
  readonly details: JsonObject;
  /** `project_archived`, or made of the words where the record has no name for it. */
  readonly name: string;
  /** What was changed, in GitLab's words: `prevent merge request approval from authors`. */
  readonly subject: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly message: string | undefined;
}

export function entryOf(body: JsonObject): Entry {
  const details = [body.details, body.detail].find(isJsonObject) ?? body;
  const custom = at(details, 'custom_message');
  const message = typeof custom === 'string' ? custom : undefined;
  const change = text(details, 'change');
  const spoken = change === undefined ? spokenChange(message) : undefined;
  return {
    body,
    details,
    name: eventName(body, details, message),
    subject: change?.replaceAll('_', ' ') ?? spoken?.subject,
    from: told(details, 'from') ?? spoken?.from,
    to: told(details, 'to') ?? spoken?.to,
    message,
  };
}

function isJsonObject(value: Json | undefined): value is JsonObject {
  return isObject(value);
}

/** Of the target: its name, or its id where that is all there is. */
export function targetOf({ body, details }: Entry): string | undefined {
  return told(body, 'target_details') ?? told(details, 'target_details') ?? identifier(details, 'target_id');
}

export function targetType({ body, details }: Entry): string | undefined {
  return text(body, 'target_type') ?? text(details, 'target_type');
}

export function entityPath({ body, details }: Entry): string | undefined {
  return text(body, 'entity_path') ?? text(details, 'entity_path');
}

/** Splits `Changed X from A to B`; X may hold `from` itself, so the last of each counts. */
function spokenChange(message: string | undefined) {
  if (!message?.startsWith('Changed ')) return undefined;
  const to = message.lastIndexOf(' to ');
  const from = message.lastIndexOf(' from ', to);
  if (to < 0 || from < 0) return { subject: message.slice('Changed '.length), from: undefined, to: undefined };
  return {
    subject: message.slice('Changed '.length, from),
    from: message.slice(from + ' from '.length, to),
    to: message.slice(to + ' to '.length).replace(/\.$/, ''),
  };
}

/** Until 15.x one name stood for many events. */
const NAMELESS = 'audit_operation';

function eventName(body: JsonObject, details: JsonObject, message: string | undefined): string {
  const given = [text(body, 'event_type'), text(details, 'event_name'), text(body, 'event_name')];
  return given.find((name) => name !== undefined && name !== NAMELESS) ?? nameOfWords(body, details, message);
}

/** A name in the way of GitLab's own, from what the event says. */
function nameOfWords(body: JsonObject, details: JsonObject, message: string | undefined): string {
  const failed = text(details, 'failed_login');
  if (failed !== undefined) return `login_failed_with_${snake(failed)}_authentication`;
  const method = text(details, 'with');
  if (method !== undefined) return `authenticated_with_${snake(method)}`;
  const added = text(details, 'add');
  if (added !== undefined) return `${noun(added)}_created`;
  const removed = text(details, 'remove');
  if (removed !== undefined) return `${noun(removed)}_destroyed`;
  const change = text(details, 'change');
  if (change === 'access_level') return 'member_updated';
  if (change !== undefined) {
    const of = text(details, 'target_type') ?? text(body, 'entity_type') ?? '';
    return [snake(of), snake(change), 'updated'].filter((part) => part !== '').join('_');
  }
  if (isObject(details.custom_message)) return 'repository_git_operation';
  const spoken = snake(message?.split(SPECIFIC, 1)[0] ?? '');
  return SENTENCES.get(spoken) ?? (spoken.split('_').slice(0, MOST_WORDS).join('_') || 'unnamed');
}

/** What says the same as a name that GitLab gave it later. */
const SENTENCES: ReadonlyMap<string, string> = new Map([
  ['ask_for_password_reset', 'password_reset_requested'],
  ['blocked_user', 'user_blocked'],
  ['repository_download_started', 'repository_download_operation'],
  ['created_personal_access_token', 'personal_access_token_created'],
  ['revoked_personal_access_token', 'personal_access_token_revoked'],
]);

function noun(added: string): string {
  return added === 'user_access' ? 'member' : snake(added);
}

/** Where a message begins to speak of the one case: names, numbers, quotes. */
const SPECIFIC = /\b(?:with|from|named|to(?! (?:log|sign)))\b|[\d"'(.,:]/;
const MOST_WORDS = 8;

/** `Ci::ProjectVariable` and `Ask for password reset` as `ci_project_variable`, `ask_for_password_reset`. */
function snake(words: string): string {
  return words
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .join('_');
}
