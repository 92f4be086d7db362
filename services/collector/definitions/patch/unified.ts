// Unified diffs into files and hunks, as git writes them (https://git-scm.com/docs/diff-format) and as APIs cut them:
// without the headers of the file, or short of their end.

export interface HunkLine {
  readonly sign: ' ' | '+' | '-';
  readonly text: string;
}

export interface Hunk {
  readonly before: number;
  readonly after: number;
  /** The line that git shows behind the range: the nearest above that begins in the first column. */
  readonly heading: string;
  readonly lines: readonly HunkLine[];
}

export interface FilePatch {
  /** As it is called afterwards. */
  readonly path: string;
  readonly previous?: string;
  readonly status: 'added' | 'removed' | 'changed';
  readonly hunks: readonly Hunk[];
}

interface OpenFile {
  path: string | undefined;
  previous: string | undefined;
  status: FilePatch['status'];
  readonly hunks: Hunk[];
}

interface OpenHunk extends Omit<Hunk, 'lines'> {
  readonly lines: HunkLine[];
  /** Lines that are still to come, of each side. */
  oldLeft: number;
  newLeft: number;
}

const RANGE = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@ ?(.*)$/;

/** `path`: of a patch that has no headers. */
export function parsePatch(patch: string, path?: string): readonly FilePatch[] {
  const files: OpenFile[] = path === undefined ? [] : [newFile(path)];
  let hunk: OpenHunk | undefined;
  for (const line of patch.split('\n')) {
    if (hunk && takeLine(hunk, line)) continue;
    hunk = undefined;
    const range = RANGE.exec(line);
    const file = files.at(-1);
    if (range && file) {
      hunk = openHunk(range);
      file.hunks.push(hunk);
    } else readHeader(files, line);
  }
  return files.flatMap(({ path: name, previous, status, hunks }) =>
    name === undefined ? [] : [{ path: name, status, hunks, ...(previous === undefined ? {} : { previous }) }],
  );
}

function newFile(path: string | undefined): OpenFile {
  return { path, previous: undefined, status: 'changed', hunks: [] };
}

function openHunk([
  ,
  before = '0',
  oldCount = '1',
  after = '0',
  newCount = '1',
  heading = '',
]: RegExpExecArray): OpenHunk {
  const counts = { oldLeft: Number(oldCount), newLeft: Number(newCount) };
  return { before: Number(before), after: Number(after), heading, lines: [], ...counts };
}

/** False: the hunk is over. */
function takeLine(hunk: OpenHunk, line: string): boolean {
  const sign = line.charAt(0);
  if (sign === '\\') return true;
  if (hunk.oldLeft <= 0 && hunk.newLeft <= 0) return false;
  if (sign !== '+' && sign !== '-' && sign !== ' ' && sign !== '') return false;
  if (sign !== '+') hunk.oldLeft--;
  if (sign !== '-') hunk.newLeft--;
  hunk.lines.push({ sign: sign === '' ? ' ' : sign, text: line.slice(1).replace(/\r$/, '') });
  return true;
}

function readHeader(files: OpenFile[], line: string): void {
  if (line.startsWith('diff --git ')) {
    files.push(newFile(/ b\/(.+)$/.exec(line)?.[1]));
    return;
  }
  const file = files.at(-1);
  if (line.startsWith('--- ') && (!file || file.hunks.length > 0)) files.push(newFile(undefined));
  const open = files.at(-1);
  if (!open) return;
  if (line.startsWith('new file mode') || line === '--- /dev/null') open.status = 'added';
  else if (line.startsWith('deleted file mode') || line === '+++ /dev/null') open.status = 'removed';
  else if (line.startsWith('rename from ')) open.previous = line.slice('rename from '.length);
  else if (line.startsWith('+++ ')) open.path = nameIn(line.slice(4)) ?? open.path;
  else if (line.startsWith('--- ')) open.path ??= nameIn(line.slice(4));
}

/** Without git’s `a/` or `b/` and quotes; a time behind a tab is none of it. */
function nameIn(header: string): string | undefined {
  const name = header
    .replace(/\t.*$/, '')
    .replace(/^"(.*)"$/, '$1')
    .replace(/^[ab]\//, '');
  return name === '' ? undefined : name;
}
