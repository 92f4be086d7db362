// What an inventory found changed, as a source: each system that is looked at has a feed `<system>.inventory` of this form.
// Nobody's name stands in it: a system's settings do not tell who set them.
import type { ProtectionDetail } from '../../core/details/trust.ts';
import { PipewardenError } from '../../core/errors.ts';
import { isObject, type Json, type JsonObject } from '../../core/json.ts';
import { flag, known, object, scalar, text, texts } from '../fields.ts';
import { type ActivityDraft, defineSource, type Piece, type RedactedRecord, type Source } from '../source.ts';

/** What kinds of things there are, by what their change becomes. */
export const THINGS = [
  'protection',
  'secret',
  'variable',
  'webhook',
  'key',
  'app',
  'member',
  'runner',
  'setting',
  'plugin',
] as const;
/** Changed at once, that are told one by one; the record has all. */
const MOST_FIELDS = 30;

export type ThingKind = (typeof THINGS)[number];

/** The body of a record: one thing that is there, gone, or other than before. */
export interface InventoryChange {
  readonly kind: ThingKind;
  readonly change: 'added' | 'changed' | 'removed';
  /** As people call it. */
  readonly name: string;
  /** What sort of its kind: `branch protection`, `deploy key`. */
  readonly what: string;
  readonly repository?: string;
  readonly organization?: string;
  /** How it was set, and how it is set now. */
  readonly before?: JsonObject;
  readonly after?: JsonObject;
  /** Counts the changes of its list: what changed back and again is told again. */
  readonly revision: number;
}

interface InventoryFeed extends Pick<Source, 'id' | 'title' | 'reference'> {
  /** Whether a switch from one value to the other lowers a guard; by default off is lower than on. */
  loosened?(setting: string, before: Json | undefined, after: Json | undefined): boolean;
}

export function defineInventorySource({ loosened = switchedOff, ...named }: InventoryFeed): Source {
  return defineSource({
    ...named,
    body: 'json',
    identifiers: ['fingerprint', 'sha', 'id'],
    normalize: (record) => normalize(record, loosened),
    time: () => undefined,
  });
}

/** One change, with what is asked of it again and again. */
interface Change {
  readonly what: string;
  readonly change: InventoryChange['change'];
  readonly action: string;
  readonly name: string | undefined;
  readonly before: JsonObject | undefined;
  readonly after: JsonObject | undefined;
  /** As it is, or was before it went. */
  readonly now: JsonObject | undefined;
}

function normalize(record: RedactedRecord, loosened: NonNullable<InventoryFeed['loosened']>): readonly ActivityDraft[] {
  const { body, source } = record;
  const kind = THINGS.find((one) => one === text(body, 'kind'));
  const change = text(body, 'change');
  if (!isObject(body) || !kind || (change !== 'added' && change !== 'changed' && change !== 'removed')) {
    throw new PipewardenError('RECORD_INVALID', { source, problem: 'the body is not a change of an inventory' });
  }
  const repository = text(body, 'repository');
  const base = known({
    native_type: `${kind}.${change}`,
    organization: text(body, 'organization'),
    vcs: repository === undefined ? undefined : { repository: { name: repository } },
  });
  return piecesOf(kind, changeIn(body, kind, change), loosened).map((piece) => ({ ...base, ...piece }));
}

function changeIn(body: Json, kind: ThingKind, change: Change['change']): Change {
  const what = text(body, 'what') ?? kind;
  const [before, after] = [object(body, 'before'), object(body, 'after')];
  return { what, change, action: `${what}.${change}`, name: text(body, 'name'), before, after, now: after ?? before };
}

function piecesOf(kind: ThingKind, told: Change, loosened: NonNullable<InventoryFeed['loosened']>): readonly Piece[] {
  const { action, name, before, after, now } = told;
  switch (kind) {
    case 'protection':
      return [{ kind, detail: protectionOf(told, loosened) }];
    case 'secret':
      return [{ kind, detail: known({ action, name, environment: text(now, 'environment') }) }];
    case 'webhook':
      return [{ kind: 'integration', detail: webhookOf(told) }];
    case 'app':
    case 'plugin':
      return [{ kind: 'integration', detail: known({ action, name }) }];
    case 'key':
      return [{ kind: 'grant', detail: keyOf(told) }];
    case 'member': {
      const roles = { role: text(after, 'role'), previous_role: text(before, 'role') };
      return [{ kind: 'access', detail: known({ action, subject: name, ...roles }) }];
    }
    case 'runner':
      return [{ kind, ...runnerOf(told) }];
    case 'variable':
    case 'setting':
      return settingsOf(told);
  }
}

function protectionOf(
  { change, what, name, before, after }: Change,
  loosened: NonNullable<InventoryFeed['loosened']>,
): ProtectionDetail {
  const lower = changedFields(before, after).filter((field) => loosened(field, before?.[field], after?.[field]));
  const isLower = change === 'changed' && lower.length > 0;
  return known({
    change: isLower ? ('removed' as const) : change,
    what: isLower ? `${what}: ${lower.join(', ').replaceAll('_', ' ')}` : what,
    target: name,
    bypass: texts(after, 'bypass'),
  });
}

function webhookOf({ action, name, before, now }: Change) {
  return known({
    action,
    name,
    host: text(now, 'host'),
    previous_host: text(before, 'host') === text(now, 'host') ? undefined : text(before, 'host'),
    insecure_ssl: flag(now, 'insecure_ssl'),
    events: texts(now, 'events'),
  });
}

function keyOf({ action, what, name, now }: Change) {
  return known({
    action,
    name,
    type: what,
    // By no other name: what is called a credential is taken for one.
    id: text(now, 'id'),
    fingerprint: text(now, 'fingerprint'),
    write: flag(now, 'write'),
    subject: text(now, 'subject'),
  });
}

function runnerOf({ action, name, before, after, now }: Change) {
  const labels = texts(now, 'labels');
  const version = text(after, 'version');
  const previous = text(before, 'version');
  return {
    cicd: {
      worker: known({
        id: scalar(now, 'id'),
        name,
        labels,
        owner_type: text(now, 'owner_type'),
        group: text(now, 'group'),
      }),
    },
    detail: known({ action, version, previous_version: previous === version ? undefined : previous }),
  };
}

/** One for each field that is other than before; of what is new or gone, or another one throughout, one for all. */
function settingsOf({ action, name, before, after }: Change): readonly Piece[] {
  if (!before || !after) return [{ kind: 'setting', detail: known({ action, name }) }];
  const changed = changedFields(before, after);
  if (changed.length > MOST_FIELDS)
    return [{ kind: 'setting', detail: known({ action, name: `${name}: ${changed.length} values` }) }];
  return changed.map((field) => ({
    kind: 'setting',
    detail: known({ action, name: `${name}: ${field}`, from: shown(before[field]), to: shown(after[field]) }),
  }));
}

function changedFields(before: JsonObject | undefined, after: JsonObject | undefined): readonly string[] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...fields].filter((field) => JSON.stringify(before?.[field]) !== JSON.stringify(after?.[field]));
}

function shown(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function switchedOff(_setting: string, before: Json | undefined, after: Json | undefined): boolean {
  const isOff = (value: Json | undefined) => value === undefined || value === null || value === false || value === 0;
  return !isOff(before) && isOff(after);
}
