// What a finding and a weakness have to have in common: each kind of meeting, and what comes close to it and is none.
import { describe, expect, test } from 'vitest';
import { createCorrelation } from '../../../services/analyzer/correlation/correlation.ts';
import { createBook } from '../../../services/analyzer/weaknesses/book.ts';
import { quotedFingerprint } from '../../../services/collector/weakness-ids.ts';
import type { Activity } from '../../../services/core/activity.ts';
import { activityAt } from '../../../services/core/detector-case.ts';
import type { Entity } from '../../../services/core/entity.ts';
import type { FindingRecord, Link } from '../../../services/core/finding.ts';
import type { Incident } from '../../../services/core/incident.ts';
import type { Severity } from '../../../services/core/severity.ts';
import { createRedactor } from '../../../services/redactor/engine.ts';
import { CANARY } from '../../collector/collecting.ts';
import { sarifOf } from '../../collector/results/reports.ts';
import { finding } from '../analyzing.ts';
import {
  type Block,
  DAY,
  HOUR,
  injection,
  NOW,
  nothing,
  REPOSITORY,
  report,
  TOKEN_ID,
  token,
  WORKFLOW,
} from './meeting.ts';

const WORK = NOW + 2 * DAY;
const FINGERPRINT = quotedFingerprint(createRedactor({ key: new Uint8Array(32) }).text(CANARY).value) ?? '';
const vcs = { repository: { name: REPOSITORY } };
const inRun = { vcs, cicd: { pipeline: { name: 'build', run: { id: '7' } } } };

interface Fields {
  readonly activity?: Activity;
  readonly at?: number;
  readonly severity?: Severity;
  readonly tactics?: readonly string[];
  readonly links?: readonly Link[];
  readonly entity?: Entity;
  readonly multiplier?: true;
  readonly sample?: true;
}

function found(fields: Fields): FindingRecord {
  const { activity = activityAt(WORK, 'access', { action: 'read' }, inRun), at = WORK, severity = 'medium' } = fields;
  const { tactics = ['TA0010'], links = [], entity, multiplier, sample } = fields;
  const record = finding(activity.id, { severity, ...(multiplier && { multiplier }) });
  return {
    ...record,
    finding: {
      ...record.finding,
      repository: REPOSITORY,
      ...(entity && { entity }),
      ...(sample && { sample }),
    },
    observed_at: at,
    tactics,
    links,
    activities: [activity],
  };
}

/** What scanners told in this order, and then what was found. */
function incidentOf(told: readonly Block[], ...records: readonly FindingRecord[]): Incident | undefined {
  const book = createBook();
  const correlation = createCorrelation();
  for (const activity of told.flat()) book.take(activity);
  for (const word of book.flush().words) correlation.take({ type: 'weakness', ...word });
  for (const record of records) correlation.take({ type: 'finding', ...record });
  return correlation.flush().incidents.at(-1);
}

describe('a token that a scanner found', () => {
  const used = (more: Fields = {}) => found({ links: [{ key: `credential:${TOKEN_ID}` }], ...more });

  test('weighs where GitHub’s audit log tells that it was used, and something was odd about it', async () => {
    const incident = incidentOf([await report(token(), NOW)], used());
    expect(incident).toMatchObject({ severity: 'high', weaknesses: [{}] });
    expect(incident?.weaknesses?.[0]?.text).toContain(
      'scripts/release.sh:3 of orchard/press, told by TruffleHog since 2026-03-02',
    );
    expect(JSON.stringify(incident)).not.toContain(CANARY);
  });

  test.each<[string, Fields]>([
    ['what is low', { severity: 'low' }],
    ['what is there to multiply others', { multiplier: true }],
    ['another credential', { links: [{ key: 'credential:another' }] }],
    ['made-up data', { sample: true }],
  ])('weighs nothing for %s', async (_what, fields) => {
    expect(incidentOf([await report(token(), NOW)], used(fields))).not.toHaveProperty('weaknesses');
  });

  test('takes what is low no further than it is, though it meets what is medium beside it', async () => {
    const beside = found({ at: WORK + 1, activity: activityAt(WORK + 1, 'access', { action: 'read' }) });
    const low = used({ severity: 'low' });
    const shared = (record: FindingRecord) => ({ ...record, links: [...record.links, { key: 'run:orchard/press/7' }] });
    expect(incidentOf([await report(token(), NOW)], shared(low), shared(beside))?.severity).toBe('medium');
  });

  test('is one step, however many weaknesses there are', async () => {
    const twice = [await report(token(), NOW), await report(token(true), NOW + HOUR, { category: 'again' })];
    expect(incidentOf(twice, used())?.severity).toBe('high');
  });

  test('weighs in a log that shows it where it was tried, and works', async () => {
    const exposed = activityAt(
      WORK,
      'exposure',
      { kinds: { 'github-personal-token': 1 }, fingerprints: [FINGERPRINT], encoded: 0 },
      inRun,
    );
    expect(incidentOf([await report(token(true), NOW)], found({ activity: exposed }))?.severity).toBe('high');
    expect(incidentOf([await report(token(), NOW)], found({ activity: exposed }))?.severity).toBe('medium');
  });
});

describe('a package', () => {
  const osv = (id: string, tags: readonly string[], more: object = {}) =>
    sarifOf('osv-scanner', id, tags, [{ path: 'package-lock.json' }], () => ({
      properties: { purl: 'pkg:npm/left-pad@1.0.0', ...more },
    }));

  test('that is known to be malicious weighs where a run of the repository took, sent or ran something odd', async () => {
    for (const report_ of [osv('MAL-2026-1234', []), osv('CVE-2026-12345', ['external/cwe/cwe-506'])]) {
      expect(incidentOf([await report(report_, NOW)], found({}))?.severity).toBe('high');
    }
  });

  test.each<[string, Fields]>([
    ['in another repository', {}],
    ['that only lasted long', { tactics: ['TA0040'] }],
    ['that is no run', { activity: activityAt(WORK, 'access', { action: 'read' }, { vcs }) }],
  ])('that is malicious says nothing of something %s', async (what, fields) => {
    const repository = what === 'in another repository' ? 'orchard/cider' : REPOSITORY;
    const told = await report(osv('MAL-2026-1234', []), NOW, { repository });
    expect(incidentOf([told], found(fields))?.severity).toBe('medium');
  });

  test('that is exploited weighs where it is what moved, and not for its repository', async () => {
    const told = [await report(osv('CVE-2026-12345', [], { kev: true }), NOW)];
    expect(incidentOf(told, found({}))?.severity).toBe('medium');
    const moved = (id: string) => found({ entity: { type: 'dependency', id } });
    expect(incidentOf(told, moved('package:left-pad'))?.severity).toBe('high');
    expect(incidentOf(told, moved('package:right-pad'))?.severity).toBe('medium');
    const old = [await report(osv('CVE-2026-12345', []), NOW)];
    expect(incidentOf(old, moved('package:left-pad'))?.severity).toBe('medium');
  });
});

describe('a hole in a workflow that came with a change', () => {
  const pushed = (at = WORK, path = WORKFLOW) =>
    found({
      at,
      tactics: ['TA0003'],
      activity: activityAt(
        at,
        'push',
        { created: false, deleted: false, commits: 1, paths: { added: [], modified: [path], removed: [] } },
        { vcs },
      ),
    });

  test('weighs where the same scan had not told it before', async () => {
    const told = [await report(nothing, NOW), await report(injection(), WORK + HOUR)];
    expect(incidentOf(told, pushed())).toMatchObject({ severity: 'high', weaknesses: [{}] });
  });

  test('is none of the change where nobody had looked before, it was there before, or it is in another file', async () => {
    const first = await report(injection(), WORK + HOUR);
    expect(incidentOf([first], pushed())?.severity).toBe('medium');
    const before = [await report(nothing, NOW - 2 * DAY), await report(injection(), NOW)];
    expect(incidentOf(before, pushed())?.severity).toBe('medium');
    const other = [await report(nothing, NOW), first];
    expect(incidentOf(other, pushed(WORK, '.github/workflows/ci.yml'))?.severity).toBe('medium');
    // A part of the repository alone was looked at.
    const part = [await report(nothing, NOW, { complete: false }), first];
    expect(incidentOf(part, pushed())?.severity).toBe('medium');
  });
});

describe('what is known of weaknesses', () => {
  test('goes with the one that it turned out to be', async () => {
    const place = { path: WORKFLOW, line: 17, code: 'run: ${{ github.event.issue.title }}' };
    const mark = () => ({ partialFingerprints: { primaryLocationLineHash: 'c0ffee0000000000:1' } });
    const rule = 'actions/code-injection/critical';
    const codeql = (line: number) => sarifOf('CodeQL', rule, ['external/cwe/cwe-094'], [{ ...place, line }], mark);
    const lines = (line: number) => sarifOf('Lines', 'template-injection', ['CWE-94'], [{ ...place, line }]);
    const told = [
      await report(codeql(17), NOW),
      await report(lines(17), NOW + 1),
      await report(lines(18), NOW + HOUR),
      await report(codeql(18), NOW + 2 * HOUR),
    ];
    const run = found({
      activity: activityAt(
        WORK,
        'job',
        { action: 'completed' },
        {
          vcs,
          cicd: { pipeline: { name: 'triage', definition: WORKFLOW, run: { id: '7' } } },
        },
      ),
    });
    const incident = incidentOf(told, { ...run, outside: true });
    expect(incident).toMatchObject({ severity: 'high' });
    expect(incident?.weaknesses).toHaveLength(1);
  });
});
