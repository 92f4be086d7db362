// Where what a scanner told of and what happened have something in common: the leaked credential is the one that was used, the
// hole is in the definition of the run. Pure; whichever of the two came in first.
import { definitionsIn } from '../../core/definition-paths.ts';
import type { FindingRecord } from '../../core/finding.ts';
import type { MetWeakness } from '../../core/incident.ts';
import { compareSeverity, type Severity, shiftSeverity } from '../../core/severity.ts';
import { DAY, formatInstant, HOUR, type Instant } from '../../core/time.ts';
import { kindOfMeeting, MEETS, type WeaknessWord } from '../../core/weakness-word.ts';
import { markersIn } from '../../redactor/marker.ts';
import type { Telling } from './tellings.ts';

/** A scan once a week tells what had been there already when it happened. */
const TOLD_AFTER = 7 * DAY;
/** What no report has told for so long may have gone unnoticed, with its branch. */
const STALE = 45 * DAY;
/** Clocks, and a scan that is quicker than the delivery of the push. */
const BEFORE_CHANGE = HOUR;
const MOST_KEYS = 20;
const MOST_MET = 20;

/** What runs, takes and sends: execution, credential access, exfiltration, command and control. */
const DEEDS = new Set(['TA0002', 'TA0006', 'TA0010', 'TA0011']);

/** A weakness that an incident meets. */
export interface Met {
  readonly word: WeaknessWord;
  readonly key: string;
  readonly finding: string;
  readonly at: Instant;
  readonly severity: Severity;
}

/** What a weakness would have to have in common with it, to weigh. What is low is not worth a second look for it either. */
export function meetsOf(record: FindingRecord): readonly string[] {
  const { finding, links, tactics, activities, multiplier, outside } = record;
  const [activity] = activities;
  // What scanners tell is no deed.
  if (!activity || activity.kind === 'alert' || multiplier || !counts(finding.severity)) return [];
  const { repository } = finding;
  const keys = links.flatMap(({ key }) => (key.startsWith('credential:') ? [key] : []));
  keys.push(...secretsIn(activity).map(MEETS.secret));
  if (finding.entity.type === 'dependency') keys.push(MEETS.dependency(dependencyIn(finding.entity.id)));
  const isDeed = tactics.some((tactic) => DEEDS.has(tactic));
  if (repository !== null) {
    const definition = activity.cicd?.pipeline?.definition;
    if (isDeed && outside && definition !== undefined) keys.push(MEETS.definition(repository, definition));
    if (isDeed && activity.cicd?.pipeline?.run) keys.push(MEETS.malicious(repository));
    keys.push(...definitionsIn(pathsOf(activity)).map((path) => MEETS.change(repository, path)));
  }
  return [...new Set(keys)].slice(0, MOST_KEYS);
}

/** Which of the tellings meets it, the gravest and then the earliest; undefined: none. */
export function metBy(tellings: readonly Telling[], word: WeaknessWord): Met | undefined {
  const found = tellings.flatMap(({ meets = [], finding, at, severity }) => {
    const key = meets.find((each) => word.meets.includes(each) && holds(word, each, at));
    return key === undefined ? [] : [{ word, key, finding, at, severity }];
  });
  return found.reduce<Met | undefined>((best, each) => (best && isBefore(best, each) ? best : each), undefined);
}

/** Both of one incident: of each weakness the gravest. */
export function unitedMet(a: readonly Met[] = [], b: readonly Met[] = []): readonly Met[] {
  const all = new Map(a.map((met) => [met.word.weakness, met]));
  for (const met of b) {
    const other = all.get(met.word.weakness);
    if (!other || isBefore(met, other)) all.set(met.word.weakness, met);
  }
  return [...all.values()].sort((x, y) => timeOf(x) - timeOf(y) || (x.word.weakness < y.word.weakness ? -1 : 1));
}

/** With what is known of the weakness now. What was met stays, unless it had been over by then. The same where nothing changes. */
export function withWord(met: readonly Met[], tellings: readonly Telling[], word: WeaknessWord): readonly Met[] {
  const others = met.filter((each) => each.word.weakness !== word.weakness);
  const before = met.find((each) => each.word.weakness === word.weakness);
  if (word.merged !== undefined) return before ? others : met;
  const now = metBy(tellings, word);
  if (now) return before && isSame(before, now) ? met : unitedMet(others, [now]);
  return before && isOver(word, before.at) ? others : met;
}

/** How grave the met deeds are for it: one step more each, from when both were known. */
export function weightOf(met: readonly Met[]): readonly { readonly severity: Severity; readonly at: Instant }[] {
  return met.map((each) => ({ severity: shiftSeverity(each.severity, 1), at: timeOf(each) }));
}

export function shownMet(met: readonly Met[]): readonly MetWeakness[] {
  return met.slice(0, MOST_MET).map((each) => ({
    weakness: each.word.weakness,
    finding: each.finding,
    time: formatInstant(timeOf(each)),
    text: sentence(each),
  }));
}

function counts(severity: Severity): boolean {
  return compareSeverity(severity, 'medium') >= 0;
}

function holds(word: WeaknessWord, key: string, at: Instant): boolean {
  if (word.merged !== undefined || compareSeverity(word.priority, 'high') < 0) return false;
  if (isOver(word, at) || at < word.since - TOLD_AFTER || at > word.seen + STALE) return false;
  // What was there before is nothing that the change brought.
  return kindOfMeeting(key) !== 'change' || (word.fresh === true && word.since >= at - BEFORE_CHANGE);
}

function isOver({ until }: WeaknessWord, at: Instant): boolean {
  return until !== undefined && at >= until;
}

function isBefore(a: Met, b: Met): boolean {
  return (compareSeverity(b.severity, a.severity) || a.at - b.at || (a.finding < b.finding ? -1 : 1)) < 0;
}

function isSame(a: Met, b: Met): boolean {
  return JSON.stringify(sentence(a)) === JSON.stringify(sentence(b)) && a.finding === b.finding;
}

function timeOf({ word, at }: Met): Instant {
  return Math.max(word.since, at);
}

const WORDS: Readonly<Record<string, string>> = {
  credential: 'is the credential that was used',
  secret: 'is the secret that this shows',
  definition: 'is in the definition of the run, which takes what strangers write',
  change: 'came with the change of the file',
  dependency: 'is the dependency that this is about',
  malicious: 'is what a job of this repository may have installed',
};

function sentence({ word, key }: Met): string {
  const { title, where, repository, tools, since, priority } = word;
  const place = [where, repository].filter((part) => part !== undefined && part !== '').join(' of ');
  return `An open weakness meets this: ${title}${place === '' ? '' : `, ${place}`}, told by ${tools.join(', ')} since ${formatInstant(since).slice(0, 10)}, priority ${priority}. It ${WORDS[kindOfMeeting(key)] ?? 'has to do with it'}.`;
}

function secretsIn({ kind, detail, process }: FindingRecord['activities'][number]): readonly string[] {
  if (kind === 'exposure') return detail.fingerprints;
  return markersIn(process?.command_line ?? '').map(({ fingerprint }) => fingerprint);
}

function pathsOf(activity: FindingRecord['activities'][number]): readonly string[] {
  if (activity.kind === 'commit') return activity.detail.paths ?? [];
  if (activity.kind === 'definition') return [activity.detail.path];
  if (activity.kind !== 'push') return [];
  const { added = [], modified = [] } = activity.detail.paths ?? {};
  return [...added, ...modified];
}

/** `action:owner/name/folder`: what stands below the repository is of the same one. */
function dependencyIn(id: string): string {
  const [, type = '', name = ''] = /^([a-z]+):(.*)$/s.exec(id) ?? [];
  return type === 'action' || type === 'workflow' ? name.split('/').slice(0, 2).join('/') : name;
}
