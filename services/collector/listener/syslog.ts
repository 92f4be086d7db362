// What a syslog message says, without its header: RFC 5424 (https://datatracker.ietf.org/doc/html/rfc5424), and the older form
// that RFC 3164 describes. What has neither header is given as it is.

const PRIORITY = /^<\d{1,3}>/;
/** VERSION TIMESTAMP HOSTNAME APP-NAME PROCID MSGID, and nil structured data or elements of it. */
const NEW_HEADER = /^1 \S{1,40} \S{1,255} \S{1,48} \S{1,128} \S{1,32} /;
const OLD_HEADER = /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S{1,255} (?:[\w./-]{1,48}(?:\[\d{1,10}\])?: ?)?/;
const BOM = '\uFEFF';

export function messageOf(text: string): string {
  const priority = PRIORITY.exec(text)?.[0];
  if (priority === undefined) return text;
  const rest = text.slice(priority.length);
  const header = NEW_HEADER.exec(rest)?.[0];
  if (header !== undefined) return withoutData(rest.slice(header.length));
  return rest.slice(OLD_HEADER.exec(rest)?.[0].length ?? 0);
}

/** Behind the structured data: `-`, or elements in brackets, in whose values `\]` is no end. */
function withoutData(text: string): string {
  let at = text.startsWith('-') ? 1 : 0;
  while (text[at] === '[') {
    const end = elementEnd(text, at);
    if (end < 0) return text;
    at = end;
  }
  const message = text.slice(text[at] === ' ' ? at + 1 : at);
  return message.startsWith(BOM) ? message.slice(BOM.length) : message;
}

function elementEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === ']') return at + 1;
  }
  return -1;
}
