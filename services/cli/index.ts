// Every subcommand, in the order of the help text. Each is loaded when it is called: most need more than a filter may.
import { setFlagsFromString } from 'node:v8';
import type { Subcommand } from './common.ts';

const subcommands: ReadonlyMap<string, () => Promise<Subcommand>> = new Map([
  ['start', async () => (await import('./start.ts')).startCommand],
  ['init', async () => (await import('./init.ts')).initCommand],
  ['replay', async () => (await import('./replay.ts')).replayCommand],
  ['backfill', async () => (await import('./backfill.ts')).backfillCommand],
  ['backtest', async () => (await import('./backtest.ts')).backtestCommand],
  ['import', async () => (await import('./import.ts')).importCommand],
  ['incidents', async () => (await import('./incidents.ts')).incidentsCommand],
  ['findings', async () => (await import('./findings.ts')).findingsCommand],
  ['weaknesses', async () => (await import('./weaknesses.ts')).weaknessesCommand],
  ['measures', async () => (await import('./measures.ts')).measuresCommand],
  ['runs', async () => (await import('./runs.ts')).runsCommand],
  ['freeze', async () => (await import('./freeze.ts')).freezeCommand],
  ['unfreeze', async () => (await import('./freeze.ts')).unfreezeCommand],
  ['tap', async () => (await import('./tap.ts')).tapCommand],
  ['explain', async () => (await import('./explain.ts')).explainCommand],
  ['baseline', async () => (await import('./baseline.ts')).baselineCommand],
  ['detectors', async () => (await import('./detectors.ts')).detectorsCommand],
  ['playbooks', async () => (await import('./playbooks.ts')).playbooksCommand],
  ['actions', async () => (await import('./actions.ts')).actionsCommand],
  ['redact', loadFilter],
  ['audit', async () => (await import('./audit.ts')).auditCommand],
  ['doctor', async () => (await import('./doctor.ts')).doctorCommand],
  ['config', async () => (await import('./config.ts')).configCommand],
]);

/** Little lives long in a filter: the space for what is new need not grow, which costs no speed and saves 60 MB. */
async function loadFilter(): Promise<Subcommand> {
  setFlagsFromString('--semi-space-growth-factor=1');
  return (await import('./redact.ts')).redactCommand;
}

/** The one that is called so; all of them where none is: to be listed, or to suggest one. */
export function loadSubcommands(name?: string): Promise<readonly Subcommand[]> {
  const called = name === undefined ? undefined : subcommands.get(name);
  return Promise.all((called ? [called] : [...subcommands.values()]).map((load) => load()));
}
