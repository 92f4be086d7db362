// A log in pieces says what the whole one says, wherever it is cut.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LogPart, WHOLE } from '../../../services/collector/log/part.ts';
import type { ActivityDraft, RedactedRecord, Source } from '../../../services/collector/source.ts';
import { cases as azureDevops } from '../../../services/collector/sources/azure-devops/job-log.cases.ts';
import { cases as bitbucket } from '../../../services/collector/sources/bitbucket/job-log.cases.ts';
import { cases as buildbot } from '../../../services/collector/sources/buildbot/job-log.cases.ts';
import { cases as buildkite } from '../../../services/collector/sources/buildkite/job-log.cases.ts';
import { cases as circleci } from '../../../services/collector/sources/circleci/job-log.cases.ts';
import { cases as gitea } from '../../../services/collector/sources/gitea/job-log.cases.ts';
import { cases as github } from '../../../services/collector/sources/github/job-log.cases.ts';
import { cases as gitlab } from '../../../services/collector/sources/gitlab/job-log.cases.ts';
import { SOURCES } from '../../../services/collector/sources/index.ts';
import { cases as jenkins } from '../../../services/collector/sources/jenkins/console.cases.ts';
import type { ActivityOf } from '../../../services/core/activity.ts';

type Log = ActivityOf<'log'>['detail'];
type Step = ActivityOf<'step'>['detail'];

const CASES = new Map([
  ['azure-devops.job-log', azureDevops],
  ['bitbucket.job-log', bitbucket],
  ['buildbot.job-log', buildbot],
  ['buildkite.job-log', buildkite],
  ['circleci.job-log', circleci],
  ['gitea.job-log', gitea],
  ['github.job-log', github],
  ['gitlab.job-log', gitlab],
  ['jenkins.console', jenkins],
]);
const logs = SOURCES.filter(({ body }) => body === 'log');

test('every source of logs is here', () => {
  expect(logs.map(({ id }) => id).sort()).toEqual([...CASES.keys()]);
});

function record(source: Source, body: string, part?: LogPart): RedactedRecord {
  const place = { repository: 'acme/shop', run_id: '17', job: 'build' };
  return { source: source.id, received_at: 0, ...place, body, redactions: {}, ...(part && { part }) };
}

function inPieces(source: Source, text: string, cuts: readonly number[]): readonly ActivityDraft[] {
  const ends = [...cuts].sort((a, b) => a - b).map((cut) => text.lastIndexOf('\n', cut) + 1);
  const drafts: ActivityDraft[] = [];
  let from = 0;
  let part: Omit<LogPart, 'last'> = WHOLE;
  for (const end of [...ends.filter((end) => end > 0), text.length]) {
    const last = end === text.length;
    if (end <= from && !last) continue;
    const piece = record(source, text.slice(from, end), { ...part, last });
    drafts.push(...source.normalize(piece));
    if (last) break;
    part = source.partAfter?.(piece) ?? part;
    from = end;
  }
  return drafts;
}

const linesOf = (drafts: readonly ActivityDraft[]) =>
  drafts.flatMap(({ kind, detail }) => (kind === 'log' ? (detail as Log).lines : []));
const hostsOf = (drafts: readonly ActivityDraft[]) =>
  drafts
    .flatMap(({ kind, detail }) => (kind === 'step' ? [detail as Step] : []))
    .flatMap(({ hosts = [] }) => hosts.map(({ name, line }) => `${name}:${line}`));

for (const source of logs) {
  const texts = (CASES.get(source.id) ?? [])
    .map(({ record }) => record.body)
    .filter((body) => typeof body === 'string')
    .map((body) => String(source.unpack ? source.unpack(body) : body));

  test(`${source.id}: lines keep their places, and every host is told at its line`, () => {
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.array(fc.nat(4_000), { maxLength: 4 }), (text, cuts) => {
        const whole = source.normalize(record(source, text));
        const pieces = inPieces(source, text, cuts);
        expect(linesOf(pieces)).toEqual(linesOf(whole));
        expect(hostsOf(pieces)).toEqual(expect.arrayContaining(hostsOf(whole)));
        expect(new Set(hostsOf(pieces)).size).toBe(hostsOf(pieces).length);
        const numbers = pieces.flatMap(({ kind, detail }) => (kind === 'log' ? [(detail as Log).first_line] : []));
        expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
        expect(pieces.filter(({ kind, detail }) => kind === 'log' && (detail as Log).last)).toHaveLength(1);
      }),
      { numRuns: 200 },
    );
  });

  test(`${source.id}: a piece goes on with the step that it was cut in, under its name and number`, () => {
    for (const text of texts) {
      // As long as no marker has come, nobody knows whether there will be one.
      const named = ({ name }: Step) => (name === 'log' ? 'before the first step' : name);
      const steps = (drafts: readonly ActivityDraft[]) =>
        new Map(
          drafts.flatMap(({ kind, detail }) =>
            kind === 'step' ? [[(detail as Step).ordinal, named(detail as Step)]] : [],
          ),
        );
      const whole = steps(source.normalize(record(source, text)));
      const half = text.indexOf('\n', text.length / 2);
      const pieces = steps(inPieces(source, text, [half]));
      expect([source.id, Object.fromEntries(pieces)]).toEqual([source.id, Object.fromEntries(whole)]);
    }
  });
}
