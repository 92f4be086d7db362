// A source of webhook deliveries in the shape of GitHub's: the body, and the event's name from its header.
import type { Actor } from '../../../../core/activity.ts';
import { PipewardenError } from '../../../../core/errors.ts';
import { isObject, type JsonObject } from '../../../../core/json.ts';
import { at, identifier, known, number, text } from '../../../fields.ts';
import { type ActivityDraft, defineSource, type RedactedRecord, type Source } from '../../../source.ts';
import { actorOf } from './actor.ts';
import { type Mapper, organizationOf, vcsOf } from './delivery.ts';
import { eventTime, newestTime } from './time.ts';

/** Every delivery carries at least one of these. */
const MARKS = ['action', 'sender', 'repository', 'organization', 'installation', 'enterprise', 'hook', 'zen'];

/** What such sources call a commit, a digest, or a kind of secret: strings that identify and are no secrets. */
const IDENTIFIERS = [
  'id',
  'node_id',
  'sha',
  'tree_id',
  'head_sha',
  'base_sha',
  'before',
  'after',
  'commit_id',
  'original_commit_id',
  'commit_oid',
  'commit_sha',
  'target_oid',
  'merge_base',
  'merge_commit_sha',
  'check_suite_node_id',
  'digest',
  'sha1',
  'sha256',
  'secret_type',
  'secret_type_display_name',
];

export interface Deliveries extends Pick<Source, 'id' | 'title' | 'reference' | 'push'> {
  readonly provider: string;
  readonly events: ReadonlyMap<string, Mapper>;
  readonly identifiers?: readonly string[];
  /** The event of a body that came without its header (plain replay input). */
  guess(body: JsonObject): string | undefined;
}

export function deliverySource({ provider, events, guess, identifiers = [], ...named }: Deliveries): Source {
  function normalize(record: RedactedRecord): readonly ActivityDraft[] {
    const { body } = record;
    if (!isObject(body) || !MARKS.some((mark) => Object.hasOwn(body, mark))) {
      throw new PipewardenError('RECORD_INVALID', { source: record.source, problem: 'the body is not a delivery' });
    }
    const told = record.event === 'unknown' ? undefined : record.event;
    const event = told ?? guess(body) ?? 'unnamed';
    const action = text(body, 'action');
    const base = known({
      native_type: action === undefined ? event : `${event}.${action}`,
      observed_at: eventTime(event, action, body),
      actor: senderOf(body),
      organization: organizationOf(body),
      vcs: at(body, 'repository') ? vcsOf({ provider, body }) : undefined,
    });
    const natural_id = naturalId(event, action, body);
    const mapper = events.get(event);
    if (!mapper) return [{ ...base, kind: 'other', detail: { type: base.native_type } }];
    const named = natural_id === undefined ? base : { ...base, natural_id };
    return mapper({ provider, event, action, body }).map((piece) => ({ ...named, ...piece }));
  }

  return defineSource({
    ...named,
    body: 'json',
    identifiers: [...IDENTIFIERS, ...identifiers],
    normalize,
    time: (body) => (isObject(body) ? newestTime(body) : undefined),
  });
}

/** Runs and jobs are told by the API too, in other words: what happened to one of them is one thing. */
function naturalId(event: string, action: string | undefined, body: JsonObject): string | undefined {
  if (event !== 'workflow_run' && event !== 'workflow_job') return undefined;
  const id = identifier(body, event, 'id');
  const attempt = number(body, event, 'run_attempt') ?? 1;
  // Another installation counts its own.
  const repository = text(body, 'repository', 'full_name') ?? '';
  return id === undefined || action === undefined ? undefined : `${repository} ${event} ${id} ${attempt} ${action}`;
}

/** The sender, or whom a cut-down delivery names instead. */
function senderOf(body: JsonObject): Actor | undefined {
  const sender = actorOf(body.sender);
  if (sender) return sender;
  // A review of a deployment has a comment that is text.
  const things = ['review', 'comment', 'pull_request', 'issue'].map((key) => body[key]).filter(isObject);
  const author = things.map((thing) => actorOf(at(thing, 'user'))).find((actor) => actor !== undefined);
  const pusher = text(body, 'pusher', 'name');
  return author ?? actorOf(body.pusher) ?? (pusher === undefined ? undefined : { name: pusher, type: 'unknown' });
}
