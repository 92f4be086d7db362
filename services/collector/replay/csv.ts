// Exports with a header line, as the lines of JSON that they stand for. RFC 4180: quoted fields may hold commas, doubled
// quotes and line breaks. https://www.rfc-editor.org/rfc/rfc4180
import type { Json } from '../../core/json.ts';
import type { TextLine } from './text-lines.ts';

/** A row is never so long: a quote that does not end must not swallow the file. */
const MAX_ROW = 16 * 1024 * 1024;

/**
 * Each row as an object of its columns, without the empty ones; cells that hold JSON are read, so that what is in them
 * is known by its names. Numbered like the line that a row begins in. A file that begins with `{` is JSON already.
 */
export async function* rowsAsJson(lines: AsyncIterable<TextLine>): AsyncGenerator<TextLine> {
  let header: readonly string[] | undefined;
  for await (const row of rowsOf(lines)) {
    const { bytes } = row;
    if (row.damage !== undefined || bytes === undefined || isBlank(bytes) || (header === undefined && isJson(bytes))) {
      yield row;
      continue;
    }
    const cells = cellsOf(bytes.toString('utf8').replace(/^\uFEFF/, ''));
    if (header === undefined) header = cells;
    else if (cells.length !== header.length) {
      yield { ...row, damage: `the row has ${cells.length} columns, the header ${header.length}` };
    } else if (cells.some((cell, index) => cell !== header?.[index])) {
      yield { ...row, bytes: Buffer.from(JSON.stringify(objectOf(header, cells))) };
    }
  }
}

/** Lines, put together where a quoted field goes on in the next; those of JSON stay as they are. */
async function* rowsOf(lines: AsyncIterable<TextLine>): AsyncGenerator<TextLine> {
  let json: boolean | undefined;
  let open: { readonly first: TextLine; readonly parts: Buffer[]; size: number } | undefined;
  for await (const line of lines) {
    if (line.damage !== undefined || line.bytes === undefined) {
      if (open) yield unended(open.first);
      open = undefined;
      yield line;
      continue;
    }
    json ??= isBlank(line.bytes) ? undefined : isJson(line.bytes);
    const odd = quotesIn(line.bytes) % 2 === 1;
    if (json || (!open && !odd)) {
      yield line;
      continue;
    }
    open ??= { first: line, parts: [], size: 0 };
    const closes = odd && open.parts.length > 0;
    open.parts.push(line.bytes);
    open.size += line.bytes.length;
    if (closes) yield { ...open.first, bytes: joined(open.parts), ended: line.ended };
    else if (open.size <= MAX_ROW) continue;
    else yield unended(open.first);
    open = undefined;
  }
  if (open) yield unended(open.first);
}

function isBlank(bytes: Buffer): boolean {
  return bytes.toString('utf8').trim() === '';
}

function isJson(bytes: Buffer): boolean {
  return bytes.toString('utf8').trimStart().startsWith('{');
}

function unended(first: TextLine): TextLine {
  return { ...first, bytes: undefined, damage: 'a quoted field does not end' };
}

function joined(parts: readonly Buffer[]): Buffer {
  return Buffer.concat(parts.flatMap((part, index) => (index === 0 ? [part] : [Buffer.from('\n'), part])));
}

const QUOTE = 0x22;

function quotesIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(QUOTE); at !== -1; at = bytes.indexOf(QUOTE, at + 1)) count += 1;
  return count;
}

/** The fields of one row. */
export function cellsOf(row: string): readonly string[] {
  const text = row.replace(/\r$/, '');
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const end = text.charAt(at) === '"' ? endOfQuoted(text, at) : at;
    const comma = text.indexOf(',', end);
    const stop = comma < 0 ? text.length : comma;
    const quoted = end > at ? text.slice(at + 1, end - 1).replaceAll('""', '"') : '';
    cells.push(quoted + text.slice(end, stop));
    if (comma < 0) return cells;
    at = comma + 1;
  }
}

/** Behind the closing quote; a doubled one closes nothing. */
function endOfQuoted(text: string, start: number): number {
  let at = text.indexOf('"', start + 1);
  while (at !== -1 && text.charAt(at + 1) === '"') at = text.indexOf('"', at + 2);
  return at === -1 ? text.length : at + 1;
}

function objectOf(header: readonly string[], cells: readonly string[]): Json {
  const filled = header.flatMap((name, index) => {
    const cell = cells[index] ?? '';
    return cell === '' ? [] : [[name.trim(), nested(cell)] as const];
  });
  return Object.fromEntries(filled);
}

function nested(cell: string): Json {
  if (!/^\s*[[{]/.test(cell)) return cell;
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}
