// Bitbucket's audit log, one entry a record: Data Center's files and REST interface, Cloud's organization events, and
// the rows of a workspace's log.
import type { Vcs } from '../../../core/activity.ts';
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json } from '../../../core/json.ts';
import { at, instant, known } from '../../fields.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { organizationEntry, rowEntry, rowTime } from './audit/cloud.ts';
import { serverEntry, timeOf, typeOf } from './audit/data-center.ts';
import { said } from './audit/details.ts';
import { affectedName, type Entry, extraOf } from './audit/entry.ts';
import { kindOf } from './audit/kinds.ts';

export const bitbucketAudit = defineSource({
  id: 'bitbucket.audit',
  title: 'Bitbucket audit log',
  reference: 'https://confluence.atlassian.com/bitbucketserver/audit-log-events-776640423.html',
  body: 'json',
  identifiers: [
    'id',
    'uuid',
    'account_id',
    'tokenId',
    'node',
    'actionI18nKey',
    'categoryI18nKey',
    'i18nKey',
    'nameI18nKey',
  ],
  normalize,
  time,
});

function time(body: Json): number | undefined {
  if (!isObject(body)) return undefined;
  if (typeOf(body)) return timeOf(at(body, 'timestamp'));
  return isObject(body.attributes) ? instant(body, 'attributes', 'time') : rowTime(body);
}

function entryOf(body: Json): Entry | undefined {
  if (!isObject(body)) return undefined;
  const type = typeOf(body);
  if (type) return serverEntry(body, type);
  return isObject(body.attributes) ? organizationEntry(body, body.attributes) : rowEntry(body);
}

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const entry = entryOf(record.body);
  if (!entry) {
    throw new PipewardenError('RECORD_INVALID', { source: record.source, problem: 'the body is not an audit entry' });
  }
  const kind = kindOf(entry);
  const base = known({
    native_type: entry.action,
    natural_id: entry.natural_id,
    observed_at: entry.observed_at,
    organization: entry.organization,
    actor: entry.actor ?? (kind === 'session' ? claimedBy(entry) : undefined),
    credential: entry.credential,
    client: entry.client,
    vcs: vcsOf(entry),
  });
  return [{ ...base, ...said(kind, entry) }];
}

/** Who fails to sign in is nobody yet; the entry is about whom they said to be. */
function claimedBy(entry: Entry): Entry['actor'] | undefined {
  const user = entry.affected.find(({ type }) => type === 'USER');
  const name = user?.name ?? extraOf(entry, 'username', 'user');
  return name === undefined ? undefined : known({ name, id: user?.id, type: 'unknown' });
}

function vcsOf(entry: Entry): Vcs {
  const name = repositoryOf(entry);
  return known({ provider: { name: 'bitbucket' }, repository: name === undefined ? undefined : { name } });
}

/** As webhooks name it, `KEY/slug`: so stand key and slug in its address and, of older entries, in `target`. */
function repositoryOf(entry: Entry): string | undefined {
  const repository = entry.affected.find(({ type }) => type === 'REPOSITORY');
  if (!repository) return undefined;
  const [, projects, key, slug] = /\/(projects|users)\/([^/?#]+)\/repos\/([^/?#]+)/.exec(repository.uri ?? '') ?? [];
  if (key !== undefined) return `${projects === 'users' ? '~' : ''}${key}/${slug}`;
  const target = extraOf(entry, 'target');
  if (target !== undefined && /^[^/\s]+\/[^/\s]+$/.test(target)) return target;
  const project = affectedName(entry, 'PROJECT');
  return repository.name?.includes('/') || project === undefined
    ? repository.name
    : `${project}/${repository.name ?? ''}`;
}
