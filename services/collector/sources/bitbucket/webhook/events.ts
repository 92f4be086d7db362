// Every event of Bitbucket Cloud and Data Center, and what it becomes.
// https://support.atlassian.com/bitbucket-cloud/docs/event-payloads/
// https://confluence.atlassian.com/bitbucketserver/event-payload-938025882.html
import type { JsonObject } from '../../../../core/json.ts';
import type { Instant } from '../../../../core/time.ts';
import { at, instant, text } from '../../../fields.ts';
import { pullRequest, REVIEWS, review, reviewers } from './changes.ts';
import type { Mapper } from './delivery.ts';
import { cloudPush, serverPush } from './push.ts';
import {
  cloudChanged,
  commitStatus,
  fork,
  happened,
  mirror,
  ping,
  project,
  secretsFound,
  serverChanged,
} from './repositories.ts';
import { endOf, spans, spansOf } from './spans.ts';
import { talk } from './talk.ts';

const EVENTS: ReadonlyMap<string, Mapper> = new Map<string, Mapper>([
  ['repo:push', cloudPush],
  ['repo:refs_changed', serverPush],
  ['repo:fork', fork],
  ['repo:forked', fork],
  ['repo:updated', cloudChanged],
  ['repo:modified', serverChanged],
  ['repo:created', happened('created')],
  ['repo:imported', happened('imported')],
  ['repo:deleted', happened('deleted')],
  ['repo:transfer', happened('transferred')],
  ['repo:secret_detected', secretsFound],
  ['repo:commit_status_created', commitStatus],
  ['repo:commit_status_updated', commitStatus],
  ['project:updated', project],
  ['project:modified', project],
  ['mirror:repo_synchronized', mirror],
  ['diagnostics:ping', ping],
  ['pipeline:span_created', spans],
  ['pr:reviewer:updated', reviewers],
  ...REVIEWS.map((event) => [event, review] as const),
]);

/** Events of a family whose name ends in what happened: from the particular to the general. */
const FAMILIES: readonly (readonly [string, Mapper])[] = [
  ['pullrequest:comment_', talk('change')],
  ['pr:comment:', talk('change')],
  ['repo:commit_comment_', talk('commit')],
  ['repo:comment:', talk('commit')],
  ['issue:', talk('issue')],
  ['pullrequest:', pullRequest],
  ['pr:', pullRequest],
];

export function mapperOf(event: string): Mapper | undefined {
  return EVENTS.get(event) ?? FAMILIES.find(([prefix]) => event.startsWith(prefix))?.[1];
}

const STATES: ReadonlyMap<string, string> = new Map([
  ['MERGED', 'pullrequest:fulfilled'],
  ['DECLINED', 'pullrequest:rejected'],
]);

/** What only one event of Cloud carries, from the particular to the general. */
const SIGNS: readonly (readonly [string, string, string])[] = [
  ['push', '', 'repo:push'],
  ['fork', '', 'repo:fork'],
  ['commit_status', '', 'repo:commit_status_updated'],
  ['resourceSpans', '', 'pipeline:span_created'],
  ['pullrequest', 'comment', 'pullrequest:comment_created'],
  ['pullrequest', 'approval', 'pullrequest:approved'],
  ['pullrequest', 'changes_request', 'pullrequest:changes_request_created'],
  ['issue', 'comment', 'issue:comment_created'],
  ['issue', 'changes', 'issue:updated'],
  ['issue', '', 'issue:created'],
  ['comment', 'commit', 'repo:commit_comment_created'],
  ['test', '', 'diagnostics:ping'],
];

/** The event of a body that came without its header: Data Center writes it into the body, Cloud does not. */
export function guessEvent(body: JsonObject): string | undefined {
  const told = text(body, 'eventKey');
  if (told !== undefined) return told;
  const sign = SIGNS.find(([one, other]) => Object.hasOwn(body, one) && (!other || Object.hasOwn(body, other)));
  if (sign) return sign[2];
  if (at(body, 'pullrequest')) return STATES.get(text(body, 'pullrequest', 'state') ?? '') ?? 'pullrequest:updated';
  if (at(body, 'changes')) return 'repo:updated';
  return undefined;
}

/** Where Cloud tells when it happened. */
const STAMPS: readonly (readonly string[])[] = [
  ['approval', 'date'],
  ['changes_request', 'date'],
  ['comment', 'updated_on'],
  ['comment', 'created_on'],
  ['commit_status', 'updated_on'],
  ['commit_status', 'created_on'],
  ['pullrequest', 'updated_on'],
  ['issue', 'updated_on'],
  ['issue', 'created_on'],
  ['fork', 'created_on'],
];
/** What is gone carries the time of its last change. */
const END = /(?:deleted|unapproved|removed)$/;

export function eventTime(event: string, body: JsonObject): Instant | undefined {
  const told = instant(body, 'date');
  return told ?? (END.test(event) ? undefined : newestTime(body));
}

/** The newest stamp that a server made. */
export function newestTime(body: JsonObject): Instant | undefined {
  const spanned = at(body, 'resourceSpans') ? spansOf(body).map(endOf) : [];
  const stamps = [instant(body, 'date'), ...STAMPS.map((path) => instant(body, ...path)), ...spanned];
  const found = stamps.filter((stamp) => stamp !== undefined);
  return found.length > 0 ? Math.max(...found) : undefined;
}
