// Under which file name a download is kept, so that running it later can be told.
import { optionValue, type Program } from './program.ts';

const TO_FILE: ReadonlyMap<string, readonly string[]> = new Map([
  ['curl', ['-o', '--output']],
  ['wget', ['-O', '--output-document']],
  ['aria2c', ['-o', '--out']],
  ['iwr', ['-OutFile', '-outfile', '-o']],
  ['invoke-webrequest', ['-OutFile', '-outfile', '-o']],
]);

/** The names of the files, without folders; none: it downloads nothing to a file. */
export function savedBy({ name, args, command }: Program): readonly string[] {
  const options = TO_FILE.get(name);
  if (!options) return [];
  const target =
    optionValue(args, options) ?? command.redirects.find(({ operator }) => operator.startsWith('>'))?.target.text;
  if (target === '-') return [];
  if (target !== undefined) return [fileName(target)];
  const remoteName = name === 'wget' || args.some(({ text }) => /^-\w{0,8}O\w{0,8}$|^--remote-name/.test(text));
  return remoteName
    ? args.filter(({ text }) => text.includes('://')).map(({ text }) => fileName(text.replace(/[?#].*$/s, '')))
    : [];
}

export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
