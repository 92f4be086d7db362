// `pipewarden import`: reports of other tools from files, into the data of this machine or to a collector elsewhere.
import type { Command } from 'commander';
import { detectors } from '../../detectors/index.ts';
import { createCollector } from '../collector/host.ts';
import { takeReport } from '../collector/results/results.ts';
import { systemClock } from '../core/clock.ts';
import { visible } from '../core/visible.ts';
import { createTelemetry } from '../telemetry/telemetry.ts';
import { type CommonOptions, type Settings, type Subcommand, settingsOf, subcommand } from './common.ts';
import { isSampleFolder } from './data-folder.ts';
import { readReportFile } from './import/file.ts';
import { type Context, sendReport, type Taken } from './import/send.ts';
import type { Io } from './io.ts';
import { knowledgeOf } from './knowledge.ts';
import { withEventLog } from './ports.ts';
import { redactorFor } from './redaction.ts';

interface ImportOptions extends CommonOptions {
  readonly source?: string;
  readonly repository?: string;
  readonly runId?: string;
  readonly job?: string;
  readonly revision?: string;
  readonly branch?: string;
  readonly category?: string;
  readonly partial?: true;
  readonly to?: string;
}

export const importCommand: Subcommand = (io) =>
  subcommand('import', 'take in reports of other tools: scanners of code, dependencies, secrets, sites')
    .argument('<file...>', 'reports as the tool wrote them, gzip or not; `-` for standard input')
    .option('--source <name>', 'what wrote them: sarif, sonarqube, zap, trufflehog, gitleaks, git-secrets …')
    .option('--repository <owner/name>', 'what was scanned')
    .option('--run-id <id>', 'the run that scanned it')
    .option('--job <name>', 'the job that did')
    .option('--revision <commit>', 'the commit that was scanned')
    .option('--branch <name>', 'its branch')
    .option('--category <name>', 'tells reports of one tool about one repository apart')
    .option('--partial', 'what a report does not have may still be there')
    .option('--to <url>', 'hand them to this collector; the token is in PIPEWARDEN_RESULTS_TOKEN')
    .action(async (files: string[], _options, self: Command) => {
      const options = self.optsWithGlobals<ImportOptions>();
      const context = contextOf(options);
      const tell = (file: string, taken: Taken) => print(file, taken, options, io);
      if (options.to !== undefined) {
        for (const file of files) tell(file, await sendReport(await readReportFile(file, io), context, options.to, io));
        return;
      }
      await importHere(files, context, settingsOf(options, io), io, tell);
    });

async function importHere(
  files: readonly string[],
  context: Context,
  settings: Settings,
  io: Io,
  tell: (file: string, taken: Taken) => void,
): Promise<void> {
  await withEventLog(settings, io.env, async (log) => {
    const telemetry = createTelemetry('silent');
    const redactor = await redactorFor(settings, io);
    const knowledge = knowledgeOf(settings.configuration, telemetry.log);
    const collector = createCollector({ log, redactor, detectors, telemetry, clock: systemClock, ...knowledge });
    const sample = isSampleFolder(settings.data) ? { sample: true as const } : {};
    for (const file of files) {
      const content = await readReportFile(file, io);
      const report = { ...context, ...sample, content, received_at: systemClock.now() };
      tell(file, await takeReport(report, { collector, redactor }));
    }
  });
}

function contextOf({ source, repository, runId: run_id, job, revision, branch, category, partial }: ImportOptions) {
  const texts = Object.entries({ source, repository, run_id, job, revision, branch, category });
  return Object.fromEntries([
    ...texts.filter(([, value]) => value !== undefined),
    ...(partial ? [['complete', false] as const] : []),
  ]);
}

function print(file: string, taken: Taken, { json }: CommonOptions, io: Io): void {
  const { tools, findings, refused } = taken;
  const by = tools.length > 0 ? ` of ${tools.join(', ')}` : '';
  const left = refused > 0 ? `; ${refused} parts could not be read` : '';
  const line = visible(`${file}: ${findings.toLocaleString('en-US')} findings${by}${left}`);
  io.out(`${json ? JSON.stringify({ file, ...taken }) : line}\n`);
}
