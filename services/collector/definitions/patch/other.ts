// What lines of a definition say whose system has no reader here: its scripts, images and secrets, by the keys that such
// systems share (Travis, AppVeyor, Azure Pipelines, Bitbucket, Buildkite, Woodpecker, Drone).
import { addImage, addScript, type Draft } from '../draft.ts';
import { addCommand, type Commands, endCommands, startCommands } from './commands.ts';
import type { Entry, Fragment } from './fragment.ts';

const SCRIPTS = new Set(
  'script scripts run command commands cmd sh bash powershell pwsh ps install before_install after_install before_script after_script before_deploy after_deploy deploy_script after_success after_failure before_cache after_build before_build build_script test_script before_test after_test init on_success on_failure on_finish inlineScript'.split(
    ' ',
  ),
);

export function readOtherFragment(draft: Draft, { entries, blocks }: Fragment): void {
  const commands = startCommands(draft);
  for (const entry of entries) readEntry(commands, entry);
  endCommands(commands);
  for (const { key, path, text, line } of blocks) {
    if (key === undefined || isScript(key, path)) addScript(draft, { step: '' }, text, line);
  }
}

function readEntry(commands: Commands, { key, value, path, item, line }: Entry): void {
  const { draft } = commands;
  if (value === '') return;
  if (key === 'image' || key === 'plugin') addImage(draft, value, { role: 'job', line });
  else if (key === 'from_secret') draft.secrets.push({ name: value, via: 'expression', line });
  else if (key === undefined ? item : isScript(key, path)) addCommand(commands, value, line);
}

/** AppVeyor names the shell below the phase: `- ps: …`. */
function isScript(key: string, path: readonly string[]): boolean {
  return SCRIPTS.has(key) || SCRIPTS.has(path.at(-1) ?? '');
}
