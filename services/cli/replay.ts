// `pipewarden replay`: recorded records through collector and analyzer as they were; prints what was found.
import { statSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { detectors } from '../../detectors/index.ts';
import { ACTIONS } from '../../playbooks/actions/index.ts';
import { startAnalyzer } from '../analyzer/analyzer.ts';
import { readGitHistory } from '../collector/git-clone.ts';
import { createCollector } from '../collector/host.ts';
import { type Malformed, readReplay } from '../collector/replay.ts';
import type { SourceRecord } from '../collector/source.ts';
import { systemClock } from '../core/clock.ts';
import { PipewardenError } from '../core/errors.ts';
import { compareSeverity, SEVERITIES, type Severity } from '../core/severity.ts';
import { type Instant, parseTime } from '../core/time.ts';
import { visible } from '../core/visible.ts';
import { loadOrCreateKey } from '../redactor/key.ts';
import { planPlaybooks } from '../responder/plan.ts';
import { silentLog } from '../telemetry/log.ts';
import { createTelemetry } from '../telemetry/telemetry.ts';
import { type CommonOptions, type Subcommand, settingsOf, subcommand } from './common.ts';
import { makeDataFolder } from './data-folder.ts';
import type { Io } from './io.ts';
import { knowledgeOf } from './knowledge.ts';
import { shippedPlaybooks } from './playbooks.ts';
import { redactorOf } from './redaction.ts';
import { renderFinding, renderIncident } from './render/finding.ts';
import { collectResults, type Results } from './replay-results.ts';
import { withTemporaryLog } from './temporary.ts';
import { weightOf } from './weight.ts';

/** Records taken in at a time; the analyzer catches up before the next. */
const CHUNK = 500;
/** … or fewer, when they are large: all of them are in memory, several times over. */
const CHUNK_WEIGHT = 16 * 1024 * 1024;
/** Problems that are told one by one; the rest is counted. */
const TOLD = 20;

interface ReplayOptions extends CommonOptions {
  readonly source?: string;
  readonly repository?: string;
  readonly runId?: string;
  readonly job?: string;
  readonly learnUntil?: string;
  readonly incidents?: boolean;
  readonly strict?: boolean;
  readonly failOn?: Severity;
}

interface Counts {
  records: number;
  activities: number;
  problems: number;
  /** Of the problems, by what they are. */
  readonly kinds: Map<string, number>;
}

export const replayCommand: Subcommand = (io, setExit) =>
  subcommand('replay', 'run recorded records, a log or a clone through the detectors')
    .argument('<file...>', 'NDJSON, a log file, `-` for standard input, or with --source git a clone')
    .option('--source <name>', 'each line is a native record of this source')
    .option('--repository <owner/name>', 'where a log or a clone belongs')
    .option('--run-id <id>', 'the run of a log')
    .option('--job <name>', 'the job of a log')
    .option('--learn-until <time>', 'only learn before this time (RFC 3339)')
    .option('--incidents', 'print incidents, with what would be done about them')
    .option('--strict', 'exit 1 when a line could not be read')
    .addOption(new Option('--fail-on <severity>', 'exit 1 for a finding of this severity or worse').choices(SEVERITIES))
    .action(async (files: string[], _options, self: Command) => {
      const options = self.optsWithGlobals<ReplayOptions>();
      const settings = settingsOf(options, io);
      const learnUntil = options.learnUntil === undefined ? undefined : timeOf(options.learnUntil);
      const knowledge = knowledgeOf(settings.configuration, silentLog);
      const counts: Counts = { records: 0, activities: 0, problems: 0, kinds: new Map() };
      // The installation's own key: ids come from redacted content, and the same input must have the same ones each time.
      const key = loadOrCreateKey(makeDataFolder(settings.data).folder);
      const results = await withTemporaryLog(async (log) => {
        const telemetry = createTelemetry('silent');
        const collector = createCollector({
          log,
          redactor: redactorOf(settings.configuration, key, io),
          detectors,
          telemetry,
          clock: systemClock,
          ...knowledge,
        });
        const analyzer = await startAnalyzer({
          log,
          detectors,
          telemetry,
          ...(learnUntil === undefined ? {} : { learnUntil }),
        });
        const collect = collectResults(log);
        async function take(chunk: readonly SourceRecord[]): Promise<void> {
          const report = await collector.ingest(chunk);
          counts.records += chunk.length;
          counts.activities += report.activities;
          for (const { index, code, message } of report.refused) {
            tell(counts, code, `${chunk[index]?.input ?? 'a record'}: ${message}`, io);
          }
          await analyzer.caughtUp();
          await collect.more();
          progress(counts, io);
        }
        let chunk: SourceRecord[] = [];
        let weight = 0;
        for (const file of files) {
          for await (const item of open(file, options)) {
            if ('malformed' in item) {
              tell(counts, 'unreadable', `${file}:${item.malformed.line}: ${item.malformed.reason}`, io);
              continue;
            }
            chunk.push(item);
            weight += weightOf(item.body);
            if (chunk.length < CHUNK && weight < CHUNK_WEIGHT) continue;
            await take(chunk);
            chunk = [];
            weight = 0;
          }
        }
        if (chunk.length > 0) await take(chunk);
        await analyzer.close();
        return collect.results();
      });
      if (io.errIsTerminal) io.err('\r\u001B[K');
      print(results, options, io);
      summarize(results, counts, io);
      if (options.strict && counts.problems > 0) setExit(1);
      const { failOn } = options;
      if (failOn && results.findings.some(({ severity }) => compareSeverity(severity, failOn) >= 0)) setExit(1);
    });

function open(file: string, options: ReplayOptions): AsyncIterable<SourceRecord | Malformed> {
  const { source, repository, runId, job } = options;
  if (source === 'git' && file !== '-' && isFolder(file)) {
    return readGitHistory({ path: file, ...(repository === undefined ? {} : { repository }) });
  }
  if (source === 'git' && ADDRESS.test(file)) {
    throw new PipewardenError('USAGE', { problem: '--source git reads a clone on this machine: git clone it first' });
  }
  return readReplay({
    file,
    ...(source === undefined ? {} : { source }),
    ...(repository === undefined ? {} : { repository }),
    ...(runId === undefined ? {} : { runId }),
    ...(job === undefined ? {} : { job }),
  });
}

/** `https://…`; it may hold a password, so it is not told. */
const ADDRESS = /^[a-z][a-z+]*:\/\//i;

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function timeOf(text: string): Instant {
  const time = parseTime(text);
  if (time) return time.at;
  throw new PipewardenError('USAGE', { problem: `--learn-until takes a time like 2026-03-01T00:00:00Z, not ${text}` });
}

function tell(counts: Counts, kind: string, message: string, io: Io): void {
  counts.problems += 1;
  const before = counts.kinds.get(kind) ?? 0;
  counts.kinds.set(kind, before + 1);
  if (before < TOLD) io.err(`${visible(message)}\n`);
  else if (before === TOLD) io.err('more of the same are only counted\n');
}

function progress({ records }: Counts, io: Io): void {
  if (io.errIsTerminal) io.err(`\r\u001B[K${records.toLocaleString('en-US')} records …`);
}

/** One object a line, unless a person looks. */
function print({ findings, incidents }: Results, options: ReplayOptions, io: Io): void {
  const asJson = options.json === true || !io.outIsTerminal;
  if (options.incidents) {
    for (const incident of incidents) {
      const planned = { ...incident, playbooks: planPlaybooks(incident, shippedPlaybooks, ACTIONS) };
      io.out(asJson ? `${JSON.stringify(planned)}\n` : renderIncident(planned, io));
    }
    return;
  }
  for (const finding of findings) io.out(asJson ? `${JSON.stringify(finding)}\n` : renderFinding(finding, io));
}

function summarize({ findings, incidents }: Results, counts: Counts, io: Io): void {
  const by = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const severities = SEVERITIES.toReversed()
    .filter((severity) => by(severity) > 0)
    .map((severity) => `${by(severity)} ${severity}`);
  const problems = [...counts.kinds].map(([kind, count]) => `${count} ${kind}`);
  io.err(
    `${counts.records.toLocaleString('en-US')} records, ${counts.activities.toLocaleString('en-US')} activities, ` +
      `${findings.length} findings${severities.length > 0 ? ` (${severities.join(', ')})` : ''}, ${incidents.length} incidents` +
      `${problems.length > 0 ? `; not used: ${problems.join(', ')}` : ''}\n`,
  );
}
