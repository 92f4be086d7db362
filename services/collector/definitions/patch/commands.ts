// Commands that stand line below line are one script: what one downloads, the next may run.
import { addScript, type Draft } from '../draft.ts';

export interface Commands {
  readonly draft: Draft;
  text: string;
  first: number;
  next: number;
}

export function startCommands(draft: Draft): Commands {
  return { draft, text: '', first: 0, next: 0 };
}

export function addCommand(commands: Commands, text: string, line: number): void {
  if (commands.text !== '' && line === commands.next) commands.text += `\n${text}`;
  else {
    endCommands(commands);
    commands.text = text;
    commands.first = line;
  }
  commands.next = line + text.split('\n').length;
}

/** Reads what is still waiting. */
export function endCommands(commands: Commands): void {
  if (commands.text !== '') addScript(commands.draft, { step: '' }, commands.text, commands.first);
  commands.text = '';
}
