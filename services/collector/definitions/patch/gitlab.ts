// What lines of a GitLab definition say, where only some of them are shown.
import { addImage, addScript, type Draft } from '../draft.ts';
import { componentUse } from '../gitlab/include.ts';
import { sourcesIn } from '../gitlab/rules.ts';
import { pinningOf } from '../references.ts';
import { addVariableSecrets } from '../variables.ts';
import { addCommand, type Commands, endCommands, startCommands } from './commands.ts';
import { type Entry, type Fragment, flowItems } from './fragment.ts';

const SCRIPTS = new Set(['script', 'before_script', 'after_script', 'pre_get_sources_script']);
/** Lists that hold no commands. */
const LISTS = new Set(
  'stages needs dependencies paths exclude changes exists only except refs extends file rules variables parallel matrix reports artifacts cache'.split(
    ' ',
  ),
);

export function readGitlabFragment(draft: Draft, { entries, blocks }: Fragment): void {
  const commands = startCommands(draft);
  for (const [index, entry] of entries.entries()) readEntry(commands, entry, entries.slice(index + 1, index + 4));
  endCommands(commands);
  for (const { key, path, text, line } of blocks) {
    if (key === undefined || SCRIPTS.has(key) || SCRIPTS.has(path.at(-1) ?? ''))
      addScript(draft, { step: '' }, text, line);
  }
  addVariableSecrets(draft, new Set());
}

function readEntry(commands: Commands, { key, value, path, item, line }: Entry, next: readonly Entry[]): void {
  const { draft } = commands;
  const parent = path.at(-1);
  if (value === '') return;
  if (key === undefined) {
    if (item) readItem(commands, value, parent, line);
  } else if (SCRIPTS.has(key)) for (const command of flowItems(value)) addCommand(commands, command, line);
  else if (key === 'image' || (key === 'name' && (parent === 'image' || parent === 'services'))) {
    addImage(draft, value, { role: parent === 'services' ? 'service' : 'job', line });
  } else if (key === 'environment' || (key === 'name' && parent === 'environment'))
    draft.environments.push({ name: value, line });
  else if (key === 'tags') draft.runners.push({ labels: flowItems(value), line });
  else if (key === 'when' && value === 'manual') draft.gates.push({ kind: 'manual', line });
  else if (key === 'if')
    for (const event of sourcesIn(value)) draft.triggers.push({ event, filters: [`if: ${value}`], line });
  else if (key === 'aud') draft.permissions.push({ scope: 'id-token', access: 'granted', subject: value, line });
  else readUse(draft, key, value, parent, line, next);
}

function readItem(commands: Commands, value: string, parent: string | undefined, line: number): void {
  const { draft } = commands;
  if (parent === 'tags') draft.runners.push({ labels: [value], line });
  else if (parent === 'services') addImage(draft, value, { role: 'service', line });
  else if (parent === 'include')
    draft.uses.push({ kind: 'include', name: value, pinned: /:\/\//.test(value) ? 'none' : 'local', line });
  else if (parent === undefined || !LISTS.has(parent)) addCommand(commands, value, line);
}

/** Where nothing above is shown, these keys are taken for those of an include. */
function readUse(
  draft: Draft,
  key: string,
  value: string,
  parent: string | undefined,
  line: number,
  next: readonly Entry[],
): void {
  const included = parent === undefined || parent === 'include';
  if (key === 'trigger' || (key === 'project' && parent === 'trigger'))
    draft.uses.push({ kind: 'pipeline', name: value, pinned: 'none', line });
  else if (!included) return;
  else if (key === 'project') {
    const end = next.findIndex((entry) => entry.item);
    const ref = next.slice(0, end < 0 ? next.length : end).find((entry) => entry.key === 'ref')?.value;
    draft.uses.push({ kind: 'include', name: value, ...(ref ? { ref } : {}), pinned: pinningOf(ref), line });
  } else if (key === 'local') draft.uses.push({ kind: 'include', name: value, pinned: 'local', line });
  else if (key === 'remote') {
    const integrity = next.some((entry) => entry.key === 'integrity');
    draft.uses.push({ kind: 'include', name: value, pinned: integrity ? 'digest' : 'none', line });
  } else if (key === 'template') draft.uses.push({ kind: 'template', name: value, pinned: 'none', line });
  else if (key === 'component') draft.uses.push(componentUse(value, line));
}
