// What the reader of patches says of real commits, against the features that the set of workflow histories has of them.
import { writeFileSync } from 'node:fs';
import { sayMissing } from '../shared.ts';
import { readHistory } from './definitions/history.ts';
import { compareCommits } from './definitions/judge.ts';
import { agreementTable, disagreementTable } from './definitions/tables.ts';

export interface DefinitionEvaluation {
  /** Where the disagreements go in full, for a person to judge. */
  readonly list: string | undefined;
}

export function evaluateDefinitions({ list }: DefinitionEvaluation): void {
  const commits = readHistory();
  if (commits.length === 0) {
    sayMissing('The workflow histories are');
    return;
  }
  const result = compareCommits(commits);
  print('Definition patches: agreement', agreementTable(result));
  print('Definition patches: disagreements', disagreementTable(result));
  if (list !== undefined) writeFileSync(list, result.disagreements.map((one) => `${JSON.stringify(one)}\n`).join(''));
}

function print(title: string, table: string): void {
  process.stdout.write(`\n## ${title}\n\n${table}`);
}
