// The whole system as users run it, and what goes wrong around it, at random moments: nothing is lost, nothing is there
// twice, every action has one effect, the audit chain is whole. PIPEWARDEN_SEED=N repeats the moments of an earlier run,
// PIPEWARDEN_FAULT=ID,ID has these faults alone, PIPEWARDEN_ROUNDS=N so many rounds of each; without them three of the
// quicker faults, chosen by the seed, have one round. PIPEWARDEN_FAULTS_FILE=PATH gets a line of JSON for each round.
import { appendFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomFrom } from '../../helpers/random.ts';
import { elasticsearchMissing } from '../elasticsearch-server.ts';
import { kafkaMissing } from '../kafka-server.ts';
import { redisMissing } from '../redis-server.ts';
import { diskMissing } from './disk.ts';
import { type EmbeddedSite, openEmbeddedSite } from './embedded-site.ts';
import { EMBEDDED_FAULTS, SCALE_OUT_FAULTS } from './faults.ts';
import { play, type Round } from './round.ts';
import { openScaleOutSite, type ScaleOutSite } from './scale-out-site.ts';
import type { Site } from './site.ts';

const { PIPEWARDEN_SEED, PIPEWARDEN_ROUNDS, PIPEWARDEN_FAULT, PIPEWARDEN_FAULTS_FILE } = process.env;
const SEED = Number(PIPEWARDEN_SEED ?? Math.floor(Math.random() * 1e6));
const ROUNDS = Number(PIPEWARDEN_ROUNDS ?? 1);
const REPOSITORIES = 12;
/** Of the faults without a wish. */
const CHOSEN = 2;
/** Two minutes that Elasticsearch takes to come back on a busy machine, and as long as a round is patient. */
const ROUND_MS = 900_000;
const START_MS = 400_000;

const noServers = kafkaMissing() ?? redisMissing() ?? elasticsearchMissing();
const noDisk = diskMissing();

const manyRounds = roundsOf(SCALE_OUT_FAULTS, CHOSEN);
const fewRounds = roundsOf(EMBEDDED_FAULTS, 1);

describe.skipIf(noServers || manyRounds.length === 0)(
  `faults of many processes, seed ${SEED}${leftOut(noServers)}`,
  () => {
    let site: ScaleOutSite;
    beforeAll(async () => {
      site = await openScaleOutSite();
    }, START_MS);
    afterAll(() => site?.close(), START_MS);

    test.for(manyRounds)('$title (seed $seed)', { timeout: ROUND_MS }, (round) => checked({ ...round, site }));
  },
);

describe.skipIf(noDisk || fewRounds.length === 0)(`faults of one process, seed ${SEED}${leftOut(noDisk)}`, () => {
  let site: EmbeddedSite;
  beforeAll(async () => {
    site = await openEmbeddedSite();
  }, START_MS);
  afterAll(() => site?.close(), START_MS);

  test.for(fewRounds)('$title (seed $seed)', { timeout: ROUND_MS }, (round) => checked({ ...round, site }));
});

interface Row {
  readonly id: string;
  readonly needsDisk?: true;
  readonly slow?: true;
}

function roundsOf<Fault extends Row>(faults: readonly Fault[], chosen: number) {
  const possible = faults.filter(({ needsDisk }) => !needsDisk || noDisk === undefined);
  const wished = possible.filter(({ id }) => PIPEWARDEN_FAULT?.split(',').includes(id));
  const random = randomFrom(SEED);
  const drawn = possible
    .filter(({ slow }) => !slow)
    .toSorted(() => random() - 0.5)
    .slice(0, chosen);
  const all = PIPEWARDEN_FAULT !== undefined ? wished : PIPEWARDEN_ROUNDS !== undefined ? possible : drawn;
  return Array.from({ length: ROUNDS }, (_, round) =>
    all.map((fault) => ({ ...fault, ...named(fault, SEED + round), repositories: REPOSITORIES })),
  ).flat();
}

function named({ id }: Row, seed: number) {
  return { seed, name: `${id}-${[...String(seed)].map((digit) => 'abcdefghij'[Number(digit)]).join('')}` };
}

async function checked<Installed extends Site>(round: Round<Installed> & Row): Promise<void> {
  const { id, seed } = round;
  try {
    const result = await play(round);
    told({ id, seed, ...result });
    expect(result.deeds.length).toBeGreaterThan(0);
  } catch (error) {
    told({ id, seed, failed: error instanceof Error ? error.message : String(error) });
    throw error;
  }
}

function told(line: object): void {
  if (PIPEWARDEN_FAULTS_FILE) appendFileSync(PIPEWARDEN_FAULTS_FILE, `${JSON.stringify(line)}\n`);
}

function leftOut(why: string | undefined): string {
  return why === undefined ? '' : ` (left out: ${why})`;
}
