// What lines of a CircleCI configuration say, where only some of them are shown.
import { ownership } from '../circleci/where.ts';
import { addImage, addScript, addUse, type Draft } from '../draft.ts';
import { addVariableSecrets } from '../variables.ts';
import { type Entry, type Fragment, flowItems } from './fragment.ts';

const ORB = /^[\w.-]{1,100}\/[\w.-]{1,100}@[\w.:-]{1,100}$/;

export function readCircleciFragment(draft: Draft, { entries, blocks }: Fragment): void {
  for (const entry of entries) readEntry(draft, entry);
  for (const { key, text, line } of blocks) {
    if (key === undefined || key === 'run' || key === 'command') addScript(draft, { step: '' }, text, line);
  }
  addVariableSecrets(draft, new Set());
}

function readEntry(draft: Draft, { key, value, path, line }: Entry): void {
  const parent = path.at(-1);
  if (value === '') return;
  if (key === undefined) {
    if (parent === 'context') draft.secrets.push({ name: value, via: 'context', line });
  } else if (ORB.test(value)) addUse(draft, value, { kind: 'orb', line });
  else if (key === 'image') addImage(draft, value, { role: 'job', line });
  else if (key === 'resource_class') draft.runners.push({ labels: [value], line, ...ownership(value) });
  else if (key === 'context') for (const name of flowItems(value)) draft.secrets.push({ name, via: 'context', line });
  else if (key === 'cron') draft.triggers.push({ event: 'schedule', filters: [`cron: ${value}`], line });
  else if (key === 'type' && value === 'approval') draft.gates.push({ kind: 'approval', line });
  else if (key === 'run' || key === 'command') addScript(draft, { step: '' }, value, line);
}
