// Every source's cases, with the real redactor before it as in production.
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { noting } from '../../../services/collector/fields.ts';
import { activitiesOf } from '../../../services/collector/host/activities.ts';
import { redact } from '../../../services/collector/host/redact.ts';
import type { SourceRecord } from '../../../services/collector/source.ts';
import type { SourceCase } from '../../../services/collector/source-case.ts';
import { SOURCES } from '../../../services/collector/sources/index.ts';
import { createRedactor } from '../../../services/redactor/engine.ts';
import { feedFiles } from '../../helpers/feeds.ts';

const FEWEST = 5;
const RECEIVED = Date.parse('2026-03-10T12:00:00Z');
const redactor = createRedactor({ key: new Uint8Array(32) });
const files = feedFiles();

for (const source of SOURCES) {
  const file = `${files.get(source.id)}.cases.ts`;
  const cases: readonly SourceCase[] = existsSync(file) ? (await import(file)).cases : [];
  describe(source.id, () => {
    test('has cases written from documentation', () => {
      expect(cases.length).toBeGreaterThanOrEqual(FEWEST);
      for (const { reference } of cases) expect(reference).toMatch(/^https:\/\//);
      expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    });

    test.each(cases)('$name', ({ record, drafts, notes = [] }) => {
      const sent: SourceRecord = { ...record, source: source.id, received_at: RECEIVED, input: 'case:1' };
      const redacted = redact(sent, source, redactor);
      const read = noting(() => source.normalize(redacted));
      expect(read.value.map(({ kind }) => kind)).toEqual(drafts.map(({ kind }) => kind));
      expect(read.value).toMatchObject(drafts);
      expect(read.notes).toEqual(notes);
      // The same record gives the same activities, ids and all.
      expect(activitiesOf(redacted, source)).toEqual(activitiesOf(redact(sent, source, redactor), source));
    });
  });
}
