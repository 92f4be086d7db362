// From a line of `bpftrace -f json` to the event in it. bpftrace does not escape what its programs print, and what is printed
// is chosen by those who are watched: a file's name may hold `","pid":1,"x":"`. So a printed line is never read as JSON:
// what the kernel tells stands first in it, what others chose last, in a known order, and the rest is cut at that order.
import { isObject, parsedJson } from '../../../../core/json.ts';

/** By type, the fields that others chose, in the order in which deploy/sensors/bpftrace/pipewarden.bt prints them. */
const CHOSEN: Readonly<Record<string, readonly string[]>> = {
  process: ['pcomm', 'path', 'args'],
  exit: ['pcomm', 'comm'],
  connect: ['pcomm', 'comm'],
  memory: ['pcomm', 'comm'],
  open: ['pcomm', 'comm', 'path'],
  dns: ['pcomm', 'comm', 'name'],
  query: ['pcomm', 'comm', 'question'],
};

/**
 * The event of README.md beside the program, out of the envelope that bpftrace puts around it
 * (`{"type":"printf","data":"…"}`, `{"type":"lost_events","data":{"events":12}}`). What is neither, it gives back.
 */
export function unpackLine(body: unknown): unknown {
  if (!isObject(body)) return body;
  if (body.type === 'lost_events' && isObject(body.data)) return { v: 1, type: 'lost', events: body.data.events };
  if (body.type !== 'printf' || typeof body.data !== 'string') return body;
  return eventIn(body.data) ?? body;
}

function eventIn(printed: string): Record<string, unknown> | undefined {
  const line = printed.replace(SIGNED, mended).trimEnd();
  const start = line.indexOf(',"pcomm":"');
  const told = parsed(start < 0 ? line : `${line.slice(0, start)}}`);
  if (!isObject(told) || start < 0) return told;
  const names = CHOSEN[String(told.type)];
  if (!names || !line.endsWith('"}')) return undefined;
  return readable({ ...told, ...cutAt(line.slice(start + 1, -2), names) });
}

/** bpftrace 0.17 escapes a byte above 127 as the negative number that C takes it for: `\\uffffffc3`, which JSON cuts in two. */
const SIGNED = /(?:\uffffff[0-9a-f]{2})+/g;

function mended(run: string): string {
  return Buffer.from(run.replaceAll('\uffffff', ''), 'hex').toString('utf8');
}

function parsed(text: string): Record<string, unknown> | undefined {
  const value = parsedJson(text);
  return isObject(value) ? value : undefined;
}

/** `"pcomm":"bash","comm":"curl` → `{pcomm, comm}`: each value ends where the next name begins. */
function cutAt(text: string, names: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  let from = `"${names[0]}":"`.length;
  for (const [index, name] of names.entries()) {
    const mark = `","${names[index + 1]}":"`;
    const end = index + 1 < names.length ? text.indexOf(mark, from) : text.length;
    if (end < 0) break;
    found[name] = text.slice(from, end);
    from = end + mark.length;
  }
  return found;
}

/** Bytes that cannot be printed come as `\x00`: between arguments, and before each label of a name in a DNS message. */
function readable(event: Record<string, unknown>): Record<string, unknown> {
  const { args, question, ...rest } = event;
  if (typeof args === 'string') return { ...rest, args: wordsIn(bytesOf(args)) };
  return typeof question === 'string' ? { ...rest, type: 'dns', name: nameIn(bytesOf(question)) } : event;
}

/** A zero ends each argument. Where none ends the last, it was cut, and with it perhaps a secret beyond recognition. */
function wordsIn(bytes: string): string {
  const words = Buffer.from(bytes, 'latin1').toString('utf8').replaceAll('\0', ' ');
  return words.endsWith(' ') || words === '' ? words.trimEnd() : `${words.slice(0, words.lastIndexOf(' ') + 1)}…`;
}

/** As a text of one character a byte. */
function bytesOf(printed: string): string {
  return printed.replace(/\\x([0-9a-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** Labels, each behind its length, up to one of length zero (RFC 1035, 3.1). A name that was cut off ends in `…`. */
function nameIn(bytes: string): string {
  const labels: string[] = [];
  let at = 0;
  while (at < bytes.length) {
    const length = bytes.charCodeAt(at);
    if (length === 0) return labels.join('.');
    labels.push(bytes.slice(at + 1, at + 1 + length));
    at += 1 + length;
  }
  return `${labels.join('.')}…`;
}
