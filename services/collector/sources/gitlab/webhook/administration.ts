// Members, users, keys, tokens, groups and projects: group webhooks and system hooks.
// https://docs.gitlab.com/administration/system_hooks/ and …/user/project/integrations/webhook_events/#group-member-events
import { createHash } from 'node:crypto';
import type { Delivery, Piece } from '../../../delivery.ts';
import { anyKnown, at, flag, identifier, instant, known, list, number, text, told } from '../../../fields.ts';
import { actor, emailOf } from '../shared/actor.ts';
import { vcsOf } from './project.ts';

/** When a record was made is when the event happened only where it was just made. */
const BEGINS = /_(?:create|add_to_(?:team|group)|access_request_to_(?:group|project))$/;
const ENDS = /_(?:destroy|remove_from_(?:team|group)|failed_login)$/;

/** Of an object that is gone, the stamps are older than the event. */
function timeOf({ event, body }: Delivery): Pick<Piece, 'observed_at'> {
  const stamp = BEGINS.test(event) ? 'created_at' : ENDS.test(event) ? undefined : 'updated_at';
  return known({ observed_at: stamp && instant(body, stamp) });
}

/** Somebody joined or left a project or group, asked to, or changed roles. Who did it is not told. */
export function member(delivery: Delivery): readonly Piece[] {
  const { body, event } = delivery;
  const subject = text(body, 'user_username') ?? text(body, 'user_name') ?? emailOf(body, 'user_email');
  const role = text(body, 'access_level') ?? text(body, 'group_access');
  const detail = known({ action: event, subject, role });
  return [{ kind: 'access', ...timeOf(delivery), vcs: vcsOf(body), detail }];
}

/** An account was made, removed or renamed. */
export function user(delivery: Delivery): readonly Piece[] {
  const { body, event } = delivery;
  const detail = known({ action: event, subject: text(body, 'username') ?? text(body, 'name') });
  return [{ kind: 'access', ...timeOf(delivery), detail }];
}

/** Seats that an administrator grants or refuses. */
export function memberApproval({ action, event, body }: Delivery): readonly Piece[] {
  const role = told(body, 'object_attributes', 'new_access_level');
  return [{ kind: 'access', detail: known({ action: `${event}.${action ?? 'changed'}`, role }) }];
}

/** Sent when somebody whose account is blocked tries to sign in. */
export function failedLogin({ body }: Delivery): readonly Piece[] {
  const who = actor({
    username: text(body, 'username'),
    name: text(body, 'name'),
    id: identifier(body, 'user_id'),
    email: emailOf(body, 'email'),
  });
  const detail = known({ action: 'failure' as const, reason: text(body, 'state') });
  return [known({ kind: 'session', actor: who, detail })];
}

/** The user named is the key's. */
export function key(delivery: Delivery): readonly Piece[] {
  const { body, event } = delivery;
  const [, blob, comment] = text(body, 'key')?.split(' ') ?? [];
  return [
    known({
      kind: 'grant',
      ...timeOf(delivery),
      actor: actor({ username: text(body, 'username') }),
      detail: known({ action: event, name: comment, id: blob === undefined ? undefined : fingerprint(blob) }),
    }),
  ];
}

/** Characters of base64 that 32 bytes take, without the padding. */
const UNPADDED = 43;

/** As ssh prints it: `SHA256:` and the digest of the public key, in base64 without padding. */
function fingerprint(blob: string): string {
  const digest = createHash('sha256').update(Buffer.from(blob, 'base64')).digest('base64');
  return `SHA256:${digest.slice(0, UNPADDED)}`;
}

/** A project's or group's token is about to expire. */
export function accessToken({ body, event }: Delivery): readonly Piece[] {
  const id = identifier(body, 'object_attributes', 'id');
  const detail = known({
    action: text(body, 'event_name') ?? event,
    name: text(body, 'object_attributes', 'name'),
    id: id === undefined ? undefined : `PersonalAccessToken/${id}`,
  });
  return [{ kind: 'grant', vcs: vcsOf(body), detail }];
}

/** A project was made, moved, renamed, changed or removed. Its owner is told, not who did it. */
export function project(delivery: Delivery): readonly Piece[] {
  return [{ kind: 'repository', ...timeOf(delivery), vcs: vcsOf(delivery.body), detail: { action: delivery.event } }];
}

/** A group holds projects, so what becomes of it becomes of them. */
export function group(delivery: Delivery): readonly Piece[] {
  return [{ kind: 'repository', ...timeOf(delivery), detail: { action: delivery.event } }];
}

export function release({ action, body }: Delivery): readonly Piece[] {
  const detail = known({ action: action ?? 'changed', tag: text(body, 'tag') });
  const sha = text(body, 'commit', 'id');
  return [
    known({
      kind: 'release',
      // The date of the release is whatever its author says.
      observed_at: action === 'create' ? instant(body, 'created_at') : undefined,
      vcs: vcsOf(body, { ref: anyKnown({ head: anyKnown({ name: text(body, 'tag'), revision: sha, type: 'tag' }) }) }),
      detail,
    }),
  ];
}

export function featureFlag({ body, event }: Delivery): readonly Piece[] {
  const active = flag(body, 'object_attributes', 'active');
  const name = text(body, 'object_attributes', 'name');
  return [
    { kind: 'setting', detail: known({ action: event, name, to: active === undefined ? undefined : `${active}` }) },
  ];
}

/** A finding of GitLab's own scanners. */
export function vulnerability({ body }: Delivery): readonly Piece[] {
  const found = at(body, 'object_attributes');
  const names = list(found, 'identifiers').flatMap((each) => text(each, 'name') ?? []);
  const path = text(found, 'location', 'file');
  const line = number(found, 'location', 'start_line');
  return [
    known({
      kind: 'alert',
      observed_at: instant(found, 'updated_at'),
      detail: known({
        action: text(found, 'state') ?? 'changed',
        tool: text(found, 'report_type'),
        rule: names.find((name) => name.startsWith('CVE-')) ?? names[0],
        title: text(found, 'title'),
        level: text(found, 'severity'),
        location: path === undefined ? undefined : known({ path, line }),
      }),
    }),
  ];
}
