// Every record of the shared folder through redaction and its source: what becomes of it, as Markdown tables.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noting } from '../../services/collector/fields.ts';
import { redact } from '../../services/collector/host/redact.ts';
import { readReplay } from '../../services/collector/replay.ts';
import type { ActivityDraft, SourceRecord } from '../../services/collector/source.ts';
import { SOURCES } from '../../services/collector/sources/index.ts';
import { createRedactor } from '../../services/redactor/engine.ts';
import { table } from '../reference/markdown.ts';
import { sayMissing } from '../shared.ts';
import { recordSets } from './records/sets.ts';
import { pathsOf, watched } from './records/touched.ts';
import { reasonOf } from './records/unused.ts';

const redactor = createRedactor({ key: new Uint8Array(32) });
const sources = new Map(SOURCES.map((source) => [source.id, source]));
/** Of a source; its fields are looked at on so many records, for proxies are slow. */
const WATCHED = 2000;

interface Tally {
  records: number;
  refused: number;
  notes: number;
  noTime: number;
  noActor: number;
  noEntity: number;
  readonly kinds: Map<string, number>;
  /** How many records have a field, and in how many it was read. */
  readonly fields: Map<string, { present: number; read: number }>;
}

export async function evaluateRecords(seeds: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'evaluate-'));
  const tallies = new Map<string, Tally>();
  let unreadable = 0;
  let sets = 0;
  try {
    for (const { file } of recordSets(folder, seeds)) {
      sets++;
      for await (const record of readReplay({ file })) {
        if ('malformed' in record) unreadable++;
        else count(record, tallies);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  if (sets === 0) return sayMissing('The sets and scenarios are');
  print('Records', recordTable(tallies));
  process.stdout.write(`\n${sets} sets; ${unreadable} lines were no records.\n`);
  print('Kinds', kindTable(tallies));
  print('Fields that are left unused', unusedTable(tallies));
}

function count(record: SourceRecord, tallies: Map<string, Tally>): void {
  const tally = tallies.get(record.source) ?? emptyTally();
  tallies.set(record.source, tally);
  tally.records++;
  const source = sources.get(record.source);
  const redacted = redact(record, source, redactor);
  const read = new Set<string>();
  const isWatched = source?.body === 'json' && tally.records <= WATCHED;
  const body = isWatched ? watched(redacted.body, (path) => read.add(path)) : redacted.body;
  let drafts: readonly ActivityDraft[] = [];
  try {
    const { value, notes } = noting(() => source?.normalize({ ...redacted, body }) ?? []);
    drafts = value;
    tally.notes += notes.length;
  } catch {
    // Refused, with a reason: it would be on the dead-letter list.
  }
  if (drafts.length === 0) tally.refused++;
  if (isWatched) countFields(tally, redacted.body, read);
  for (const { kind } of drafts) tally.kinds.set(kind, (tally.kinds.get(kind) ?? 0) + 1);
  const [first] = drafts;
  if (!first) return;
  if (first.observed_at === undefined) tally.noTime++;
  if (drafts.every(({ actor, process }) => actor === undefined && process === undefined)) tally.noActor++;
  if (drafts.every(hasNoEntity)) tally.noEntity++;
}

function hasNoEntity({ vcs, cicd, organization, host, credential, actor, client }: ActivityDraft): boolean {
  return [vcs?.repository, cicd, organization, host, credential, actor, client].every((part) => part === undefined);
}

function countFields(tally: Tally, body: Parameters<typeof pathsOf>[0], read: ReadonlySet<string>): void {
  for (const path of pathsOf(body)) {
    const field = tally.fields.get(path) ?? { present: 0, read: 0 };
    field.present++;
    if (read.has(path)) field.read++;
    tally.fields.set(path, field);
  }
}

function emptyTally(): Tally {
  return { records: 0, refused: 0, notes: 0, noTime: 0, noActor: 0, noEntity: 0, kinds: new Map(), fields: new Map() };
}

function recordTable(tallies: ReadonlyMap<string, Tally>): string {
  const head = [
    'source',
    'records',
    'refused',
    'wrong types',
    'no time of its own',
    'no actor or process',
    'no entity',
  ];
  const rows = sorted(tallies).map(([source, tally]) => {
    const { records, refused, notes, noTime, noActor, noEntity } = tally;
    return [source, ...[records, refused, notes, noTime, noActor, noEntity].map(String)];
  });
  return table(head, rows);
}

function kindTable(tallies: ReadonlyMap<string, Tally>): string {
  const rows = sorted(tallies).map(([source, { kinds }]) => {
    const counts = [...kinds].sort(([, a], [, b]) => b - a).map(([kind, times]) => `${kind} ${times}`);
    return [source, String(kinds.get('other') ?? 0), counts.join(', ')];
  });
  return table(['source', 'other', 'kinds'], rows);
}

/** By the reason, and how many fields it is the reason for; those without one by name. */
function unusedTable(tallies: ReadonlyMap<string, Tally>): string {
  const rows = sorted(tallies).flatMap(([source, { fields }]) => {
    const unused = [...fields].filter(([, { read }]) => read === 0).map(([path]) => path);
    const byReason = Map.groupBy(unused, (path) => reasonOf(path));
    const reasons = [...byReason].map(([reason, paths]) => `${reason}: ${paths.length}`).sort();
    return fields.size === 0 ? [] : [[source, String(fields.size), String(unused.length), reasons.join('; ')]];
  });
  return table(['source', 'fields', 'unused', 'why'], rows);
}

function sorted(tallies: ReadonlyMap<string, Tally>): readonly [string, Tally][] {
  return [...tallies].sort(([a], [b]) => a.localeCompare(b, 'en'));
}

function print(title: string, text: string): void {
  process.stdout.write(`\n## ${title}\n\n${text}`);
}
