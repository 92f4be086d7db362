// What lines of a Jenkinsfile or of a job’s configuration say, where only some of them are shown.
import { addScript, type Draft, type SourceLine } from '../draft.ts';
import { readJob } from '../jenkins-job-config.ts';
import { readGroovy } from '../jenkinsfile.ts';
import { addVariableSecrets } from '../variables.ts';
import { addCommand, endCommands, startCommands } from './commands.ts';

/** A line that Groovy could not mean: words as a shell has them, within a string that begins above. */
const SHELL = /^\s*(?:(?:sudo|exec|time)\s+)?[a-z][\w./-]{0,60}\s+[-$./~\w][^={(]/;
const GROOVY =
  /^\s*(?:def|return|import|if|else|for|while|try|catch|new|throw|assert|case|package|class|steps|script)\b|[{}]\s*$/;

export function readGroovyLines(draft: Draft, lines: readonly SourceLine[]): void {
  const [first] = lines;
  if (!first) return;
  const known = readGroovy(draft, lines.map(({ text }) => text).join('\n'), first.line);
  const commands = startCommands(draft);
  let continues = false;
  for (const { text, line } of lines) {
    const shell: boolean = continues || (SHELL.test(text) && !GROOVY.test(text));
    if (shell) addCommand(commands, text, line);
    continues = shell && text.endsWith('\\');
  }
  endCommands(commands);
  addVariableSecrets(draft, known);
}

export function readJobLines(draft: Draft, lines: readonly SourceLine[]): void {
  const [first] = lines;
  if (!first) return;
  const text = lines.map((line) => line.text).join('\n');
  // Without a tag, it is the inside of an element: of a script, as far as one can tell.
  if (text.includes('<')) readJob(draft, text, first.line);
  else addScript(draft, { step: '' }, text, first.line);
}
