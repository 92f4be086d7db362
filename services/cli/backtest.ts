// `pipewarden backtest`: the user's own history through the detectors: what would have been raised, at which budget.
import { writeFileSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { detectors } from '../../detectors/index.ts';
import { createEngine, type Engine } from '../analyzer/engine.ts';
import type { Activity } from '../core/activity.ts';
import type { AlertBudget } from '../core/alert-budget.ts';
import { messageOf } from '../core/errors.ts';
import type { Instant } from '../core/time.ts';
import { type Labels, type Quality, qualityOf, readLabels } from './backtest/labels.ts';
import { createTally, describeCounts, type Outcome, type Tally } from './backtest/outcome.ts';
import { reportPage } from './backtest/report.ts';
import { type CommonOptions, type Settings, type Subcommand, settingsOf, subcommand } from './common.ts';
import { budgetOf } from './configuration/alerts.ts';
import { loadConfiguration } from './configuration.ts';
import type { Io } from './io.ts';
import { table } from './render/table.ts';
import {
  activitiesIn,
  describeProblems,
  type InputOptions,
  noCounts,
  timeOption,
  withInputOptions,
} from './replaying.ts';

interface BacktestOptions extends CommonOptions, InputOptions {
  readonly budget?: readonly number[];
  readonly compare?: readonly string[];
  readonly labels?: string;
  readonly learnUntil?: string;
  readonly html?: string;
}

interface Trial {
  readonly engine: Engine;
  readonly tally: Tally;
}

export const backtestCommand: Subcommand = (io) =>
  withInputOptions(subcommand('backtest', 'what would have been raised on your own history, and at which budget'))
    .argument('<file...>', 'NDJSON, a log file, `-` for standard input, or with --source git a clone')
    .option(
      '--budget <per week>',
      'alerts a week to try, such as 1,5,20; the configured number is tried anyway',
      budgets,
    )
    .option('--compare <file>', 'another configuration, beside this one; may be repeated', collected, [])
    .option('--labels <file>', 'NDJSON that says which records belong to an attack: precision, recall, delay')
    .option('--learn-until <time>', 'only learn before this time (RFC 3339)')
    .option('--html <file>', 'a report with pictures')
    .action(async (files: string[], _options, self: Command) => {
      const options = self.optsWithGlobals<BacktestOptions>();
      const settings = settingsOf(options, io);
      const learnUntil = options.learnUntil === undefined ? 0 : timeOption('--learn-until', options.learnUntil);
      const labels = options.labels === undefined ? undefined : readLabels(options.labels, files);
      const trials = trialsOf(options, settings, learnUntil, io);
      const counts = noCounts();
      const begins = new Map<string, Instant>();
      let [from, to]: [Instant, Instant] = [Number.POSITIVE_INFINITY, 0];
      for await (const activity of activitiesIn(files, options, settings, counts, io)) {
        const at = activity.observed_at;
        if (at >= learnUntil) {
          from = Math.min(from, at);
          to = Math.max(to, at);
        }
        noteBeginning(activity, labels, begins);
        for (const { engine, tally } of trials) tally.add(engine.take(activity));
      }
      const outcomes = trials.map(({ tally }) => tally.outcome(Math.min(from, to), to));
      const qualities = labels && outcomes.map((outcome) => qualityOf(outcome, labels, begins));
      io.out(options.json ? asJson(outcomes, qualities) : asText(outcomes, qualities, io));
      if (options.html !== undefined) {
        writeFileSync(options.html, reportPage(outcomes, qualities, Math.min(from, to)));
        io.err(`The report is in ${options.html}.\n`);
      }
      const problems = describeProblems(counts);
      io.err(
        `${counts.records.toLocaleString('en-US')} records, ${counts.activities.toLocaleString('en-US')} activities` +
          `${problems === '' ? '' : `; not used: ${problems}`}\n`,
      );
    });

function budgets(text: string): readonly number[] {
  const numbers = text.split(',').map(Number);
  if (numbers.every((number) => Number.isFinite(number) && number >= 0)) return numbers;
  throw new InvalidArgumentError('They are numbers, with commas between them.');
}

function collected(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function trialsOf(options: BacktestOptions, settings: Settings, learnUntil: Instant, io: Io): readonly Trial[] {
  const configured = budgetOf(settings.configuration.alerts);
  const own = [...new Set([configured.overall, ...(options.budget ?? [])])].sort((a, b) => a - b);
  const named: (readonly [string, AlertBudget])[] = [
    ...own.map((overall) => [`${overall} a week`, { ...configured, overall }] as const),
    ...(options.compare ?? []).map((file) => [file, budgetOf(loadConfiguration(file).alerts)] as const),
  ];
  return named.map(([name, budget]) => ({
    tally: createTally(name),
    engine: createEngine({
      detectors,
      budget,
      learnUntil,
      onFault: (detector, activity, error) =>
        io.err(`detector ${detector.id} failed on ${activity.input ?? activity.id}: ${messageOf(error)}\n`),
    }),
  }));
}

function noteBeginning(
  { input, observed_at }: Activity,
  labels: Labels | undefined,
  begins: Map<string, Instant>,
): void {
  const attack = input === undefined ? undefined : labels?.get(input);
  if (attack !== undefined) begins.set(attack, Math.min(begins.get(attack) ?? observed_at, observed_at));
}

function asJson(outcomes: readonly Outcome[], qualities: readonly Quality[] | undefined): string {
  return `${JSON.stringify(
    outcomes.map(({ name, weeks, alerts, weekly, detectors: each }, index) => ({
      name,
      weeks: Math.round(weeks * 100) / 100,
      alerts: alerts.map(({ incident: { id, title, severity, severities } }) => ({ id, title, severity, severities })),
      per_week: Math.round((alerts.length / weeks) * 100) / 100,
      weekly,
      detectors: each,
      ...(qualities?.[index] ?? {}),
    })),
  )}\n`;
}

function asText(outcomes: readonly Outcome[], qualities: readonly Quality[] | undefined, io: Io): string {
  const head = [
    'BUDGET',
    'WEEKS',
    'ALERTS',
    'A WEEK',
    'WORST WEEK',
    ...(qualities ? ['PRECISION', 'FOUND', 'DELAY'] : []),
  ];
  const rows = outcomes.map(({ name, weeks, alerts, weekly }, index) => [
    name,
    weeks.toFixed(1),
    String(alerts.length),
    (alerts.length / weeks).toFixed(2),
    String(Math.max(0, ...weekly)),
    ...(qualities?.[index] ? describeQuality(qualities[index]) : []),
  ]);
  const parts = outcomes.map(({ name, detectors: each }) => {
    const lines = each.map(({ detector, findings, alerts }) => [detector, String(alerts), describeCounts(findings)]);
    return `\n${io.style('bold', name)}\n${lines.length > 0 ? table([['DETECTOR', 'ALERTS', 'FINDINGS'], ...lines]) : 'Nothing would have been raised.\n'}`;
  });
  return `${table([head, ...rows])}${parts.join('')}`;
}

function describeQuality({ precision, attacks, found, delay_s }: Quality): readonly string[] {
  return [
    precision === null ? '–' : `${Math.round(precision * 100)} %`,
    `${found} of ${attacks}`,
    delay_s === null ? '–' : `${Math.round(delay_s)} s`,
  ];
}
