// `pipewarden replay`: recorded records through collector and analyzer as they were; prints what was found.
import { type Command, Option } from 'commander';
import { detectors } from '../../detectors/index.ts';
import { ACTIONS } from '../../playbooks/actions/index.ts';
import { createEngine } from '../analyzer/engine.ts';
import { messageOf } from '../core/errors.ts';
import { compareSeverity, SEVERITIES, type Severity, WORST_FIRST } from '../core/severity.ts';
import { planPlaybooks } from '../responder/plan.ts';
import { type CommonOptions, type Subcommand, settingsOf, subcommand } from './common.ts';
import { budgetOf } from './configuration/alerts.ts';
import type { Io } from './io.ts';
import { shippedPlaybooks } from './playbooks.ts';
import { renderFinding, renderIncident } from './render/finding.ts';
import { collectResults, type Results } from './replay-results.ts';
import {
  activitiesIn,
  type Counts,
  describeProblems,
  type InputOptions,
  noCounts,
  timeOption,
  withInputOptions,
} from './replaying.ts';

interface ReplayOptions extends CommonOptions, InputOptions {
  readonly learnUntil?: string;
  readonly incidents?: boolean;
  readonly strict?: boolean;
  readonly failOn?: Severity;
}

export const replayCommand: Subcommand = (io, setExit) =>
  withInputOptions(subcommand('replay', 'run recorded records, a log or a clone through the detectors'))
    .argument(
      '<file...>',
      'NDJSON, a log or GitHub’s zip of a run’s logs, `-` for standard input, or with --source git a clone',
    )
    .option('--learn-until <time>', 'only learn before this time (RFC 3339)')
    .option('--incidents', 'print incidents, with what would be done about them')
    .option('--strict', 'exit 1 when a line could not be read')
    .addOption(new Option('--fail-on <severity>', 'exit 1 for a finding of this severity or worse').choices(SEVERITIES))
    .action(async (files: string[], _options, self: Command) => {
      const options = self.optsWithGlobals<ReplayOptions>();
      const settings = settingsOf(options, io);
      const { learnUntil } = options;
      const counts = noCounts();
      const engine = createEngine({
        detectors,
        budget: budgetOf(settings.configuration.alerts),
        ...(learnUntil === undefined ? {} : { learnUntil: timeOption('--learn-until', learnUntil) }),
        onFault: (detector, activity, error) =>
          io.err(`detector ${detector.id} failed on ${activity.input ?? activity.id}: ${messageOf(error)}\n`),
      });
      const collect = collectResults();
      for await (const activity of activitiesIn(files, options, settings, counts, io))
        collect.add(engine.take(activity));
      const results = collect.results();
      print(results, options, io);
      summarize(results, counts, io);
      if (options.strict && counts.problems > 0) setExit(1);
      const { failOn } = options;
      if (failOn && results.findings.some(({ severity }) => compareSeverity(severity, failOn) >= 0)) setExit(1);
    });

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
  const severities = WORST_FIRST.filter((severity) => by(severity) > 0).map(
    (severity) => `${by(severity)} ${severity}`,
  );
  const problems = describeProblems(counts);
  io.err(
    `${counts.records.toLocaleString('en-US')} records, ${counts.activities.toLocaleString('en-US')} activities, ` +
      `${findings.length} findings${severities.length > 0 ? ` (${severities.join(', ')})` : ''}, ${incidents.length} incidents` +
      `${problems === '' ? '' : `; not used: ${problems}`}\n`,
  );
}
