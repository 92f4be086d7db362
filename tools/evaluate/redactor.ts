// What the redactor takes and leaves, on data that nobody here wrote: Markdown tables on standard output.
import { writeFileSync } from 'node:fs';
import { createRedactor } from '../../services/redactor/engine.ts';
import { sayMissing } from '../shared.ts';
import { redactLogs } from './redactor/build-logs.ts';
import { type Case, PARTS, readCases } from './redactor/cases.ts';
import { judgeHardNegatives, leaksLeft, readLeaks } from './redactor/labels.ts';
import { lookAlikes } from './redactor/look-alikes.ts';
import { judgeNegatives } from './redactor/negatives.ts';
import { judgePositives } from './redactor/recall.ts';
import {
  completeTable,
  labelTable,
  logTable,
  matchTable,
  missedTable,
  negativeTable,
  recallTable,
  touchedTable,
} from './redactor/tables.ts';

/** Of any installation: a fingerprint decides nothing here. */
const KEY = new Uint8Array(32);
const LOOK_ALIKES = { seed: 'evaluation', each: 60 };

export interface RedactorEvaluation {
  /** Where the lines with a match go, for a person to judge. */
  readonly list: string | undefined;
  /** Names the kinds of the unread part too. */
  readonly showUnread: boolean;
}

export function evaluateRedactor({ list, showUnread }: RedactorEvaluation): void {
  const redactor = createRedactor({ key: KEY });
  const alike = lookAlikes(LOOK_ALIKES.seed, LOOK_ALIKES.each);
  const changed = alike.filter(({ text }) => redactor.text(text).value !== text);
  print(
    'Look-alikes',
    labelTable([['look-alikes, made up', alike.length, changed.length, changed.map((a) => a.family)]]),
  );

  const cases = readCases();
  if (cases.length === 0) {
    sayMissing('The labelled strings and the build logs are');
    return;
  }
  const shown = (one: Case) => showUnread || one.part === 'development';
  const positives = judgePositives(cases, redactor);
  print('Recall', recallTable(positives, PARTS));
  const named = positives.filter((verdict) => shown(verdict.case));
  print('Kinds of which something is missed', missedTable(named));
  print('Kinds of which nothing is missed', completeTable(named));

  const negatives = judgeNegatives(cases, redactor);
  print('Negatives', negativeTable(negatives, PARTS));
  print('Negatives that are touched', touchedTable(negatives, shown));

  const leaks = readLeaks();
  const logs = redactLogs(redactor, new Set(leaks.map(({ file }) => file)));
  print('Real build logs', logTable(logs));
  print('Matches in real build logs', matchTable(logs.matches));
  const left = leaksLeft(leaks, logs.redacted);
  const hard = judgeHardNegatives(redactor);
  print(
    'Labels in real build logs',
    labelTable([
      ['lines that leaked something: left', leaks.length, left.length, left.map(({ rule }) => rule)],
      ['strings that generic rules flag: touched', hard.all.length, hard.touched.length, []],
    ]),
  );
  if (list === undefined) return;
  const lines = logs.matches.map(({ fingerprint, ...match }) => `${JSON.stringify(match)}\n`);
  writeFileSync(list, lines.join(''), { mode: 0o600 });
}

function print(title: string, table: string): void {
  process.stdout.write(`\n## ${title}\n\n${table}`);
}
