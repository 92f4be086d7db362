// The scenarios on a real Kafka, with collectors and analyzers as processes, beside the embedded mode. A row is judged as
// docs/reliability.md says ("What many processes find"): with one partition byte for byte, with more what must not differ.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectResults, type Results } from '../../services/cli/replay-results.ts';
import { HOUR, SECOND } from '../../services/core/time.ts';
import { createMachine } from '../../test/helpers/command.ts';
import { kafkaMissing, startKafka } from '../../test/servers/kafka-server.ts';
import { played } from '../../test/servers/played.ts';
import { embeddedOutcome, type Outcome, ruleFindings } from '../../test/servers/scale-out.ts';
import type { Piece } from '../../test/servers/scale-out-records.ts';
import { table } from '../reference/markdown.ts';
import { sayMissing } from '../shared.ts';
import { readRecords } from './replayed.ts';
import { comparedAtLarge, comparedExactly } from './scale-out/compared.ts';
import { livePieces } from './scale-out/live.ts';
import { generated, passes, SCENARIOS, type Scenario, scenariosMissing, scored } from './scenarios/scored.ts';

const HEAD = [
  'scenario',
  'seed',
  'partitions',
  'all holds',
  'detection',
  'activities',
  'findings',
  'of rules',
  'incidents',
  'wrong',
  'not as embedded',
  'seconds',
];

/** Collectors mix up what arrived within a second, as those of a live system may. */
const PACE = { hop: SECOND, span: HOUR };

interface Row {
  readonly holds: boolean;
  readonly cells: readonly string[];
}

export interface ScaleOutEvaluation {
  readonly chosen: readonly string[];
  readonly seeds: readonly string[];
  readonly rename: boolean;
  readonly partitions: number;
}

/** Prints a row for each scenario and seed as it is done; false where one does not hold. */
export async function evaluateScaleOut({ chosen, seeds, rename, partitions }: ScaleOutEvaluation): Promise<boolean> {
  const missing = kafkaMissing();
  if (missing) {
    process.stderr.write(`Left out: ${missing}.\n`);
    return true;
  }
  if (scenariosMissing()) {
    sayMissing('The scenarios are');
    return true;
  }
  const folder = mkdtempSync(join(tmpdir(), 'evaluate-'));
  let holds = true;
  process.stdout.write(table(HEAD, []));
  try {
    for (const seed of seeds) {
      for (const name of chosen.length > 0 ? chosen : SCENARIOS) {
        const row = await evaluateOne({ name, source: name, seed, rename }, partitions, folder);
        holds &&= row.holds;
        process.stdout.write(`| ${row.cells.join(' | ')} |\n`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return holds;
}

async function evaluateOne(scenario: Scenario, partitions: number, folder: string): Promise<Row> {
  const made = generated(scenario, folder);
  const records = await readRecords(join(made, 'records.ndjson'));
  const embedded = await embeddedOutcome(records);
  const begun = performance.now();
  const found = await onKafka(livePieces(records, PACE), partitions);
  const seconds = (performance.now() - begun) / 1000;
  const score = scored(made, resultsOf(found));
  const detected = score !== undefined && passes(score);
  const { wrong, findings, incidents } = (partitions === 1 ? comparedExactly : comparedAtLarge)(embedded, found);
  const holds = detected && wrong.length === 0;
  const cells = [
    scenario.name,
    scenario.seed,
    String(partitions),
    holds ? 'yes' : 'no',
    detected ? 'pass' : 'fail',
    String(found.activities.length),
    String(found.findings.length),
    String(ruleFindings(found).length),
    String(found.incidents.length),
    wrong.join(', ') || 'nothing',
    `${findings} findings, ${incidents} incidents`,
    seconds.toFixed(0),
  ];
  return { holds, cells };
}

async function onKafka(pieces: readonly Piece[], partitions: number): Promise<Outcome> {
  const server = await startKafka();
  const machine = createMachine();
  try {
    return await played({ server, machine, pieces, partitions, processes: partitions === 1 ? 1 : 2 });
  } finally {
    await machine.remove();
    await server.stop();
  }
}

/** As a replay gives them. */
function resultsOf({ raised, incidents }: Outcome): Results {
  const collect = collectResults();
  collect.add({ findings: raised.filter((entry) => entry.type === 'finding'), incidents });
  return collect.results();
}
