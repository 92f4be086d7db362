// Every source: redaction and reading, as the collector does both. Seeds are its cases, and GitHub's own examples.
import { existsSync } from 'node:fs';
import { activitiesOf } from '../../../services/collector/host/activities.ts';
import { redact } from '../../../services/collector/host/redact.ts';
import type { Source } from '../../../services/collector/source.ts';
import type { SourceCase } from '../../../services/collector/source-case.ts';
import { SOURCES } from '../../../services/collector/sources/index.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import type { Json } from '../../../services/core/json.ts';
import { createRedactor } from '../../../services/redactor/engine.ts';
import { webhookExamples } from '../../collector/deliveries.ts';
import { feedFiles } from '../../helpers/feeds.ts';
import { mutatedRecord, mutatedText } from '../mutate.ts';
import type { Target } from '../target.ts';

const redactor = createRedactor({ key: new Uint8Array(32) });
const NOW = Date.parse('2026-03-10T12:00:00Z');

export async function sourceTargets(): Promise<readonly Target[]> {
  const files = feedFiles();
  return Promise.all(
    SOURCES.map(async (source) => {
      const file = `${files.get(source.id)}.cases.ts`;
      const { cases }: { cases: readonly SourceCase[] } = existsSync(file) ? await import(file) : { cases: [] };
      return targetOf(source, cases);
    }),
  );
}

function targetOf(source: Source, cases: readonly SourceCase[]): Target {
  const around = cases.map(({ record: { body: _body, ...rest } }) => rest);
  const bodies: Json[] = cases.map(({ record }) => JSON.parse(JSON.stringify(record.body ?? null)));
  if (source.id === 'github.webhook') bodies.push(...exampleBodies());
  const texts = bodies.filter((body) => typeof body === 'string');
  let turn = 0;
  return {
    name: source.id,
    inputs: source.body === 'json' ? mutatedRecord(bodies) : mutatedText(['', ...texts]),
    run(body) {
      const record = { ...around[turn++ % around.length], source: source.id, received_at: NOW, input: 'fuzz:1', body };
      source.time(JSON.parse(JSON.stringify(body)));
      try {
        activitiesOf(redact(record, source, redactor), source);
      } catch (error) {
        if (!(error instanceof PipewardenError && error.code === 'RECORD_INVALID')) throw error;
      }
    },
  };
}

function exampleBodies(): readonly Json[] {
  return webhookExamples().flatMap(({ examples }) => examples.map((body): Json => JSON.parse(JSON.stringify(body))));
}
