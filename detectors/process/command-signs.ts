// What a command line says of itself, whatever the job: linear expressions over one line.
import { isIP } from 'node:net';

/** Longest part of a command line that is looked at. */
const LONGEST = 8_192;

/** A script that stands on the command line, or comes in by a pipe: in no file that could be reviewed. */
const INLINE = /^\S*\b(?:python|perl|ruby|php|lua|node|bun|deno)[\d.]*(?: +-[ceErR]\b| +eval\b| +-$|$)/;

export function runsInline(commandLine: string): boolean {
  return INLINE.test(
    commandLine
      .slice(0, LONGEST)
      .trimEnd()
      .replace(/^\S*\bsudo +(?:-\S+ +)*/, ''),
  );
}

/** What mining programs are told and no other is: their protocol, their shares of the processor, themselves by name. */
const MINING: readonly RegExp[] = [
  /\bstratum\d?\+?(?:tcp|ssl|tls)?:\/\//i,
  /--(?:donate-level|cpu-max-threads-hint|randomx-[a-z-]+|coin[= ](?:monero|xmr)|nicehash|rig-id)\b/,
  /(?:^|\/)(?:xmrig|xmr-stak|minerd|cpuminer|ethminer|nbminer|t-rex|lolminer|phoenixminer|srbminer)(?:\b|-)/i,
];
/** A pool, and who is paid or how: together. */
const POOL = /\s(?:-o|--pool)[ =](?:[a-z+]{1,12}:\/\/)?[\w.-]{3,100}:\d{2,5}(?:\s|$)/;
const SHARE = /\s(?:-[utakp]|--(?:user|threads|algo|pass|keepalive|cpu-[a-z-]{1,30}))\b/;

export function mines(commandLine: string): boolean {
  const text = commandLine.slice(0, LONGEST);
  return MINING.some((pattern) => pattern.test(text)) || (POOL.test(text) && SHARE.test(text));
}

const MARKER = /\[redacted:[a-z0-9-]{1,60}:[0-9a-z.]{1,80}\]/;
/** A body, a form or a file: what is sent. A header or `-u` is how one signs in. */
const SENT =
  /(?: -(?:d|F|T)| --(?:data(?:-raw|-binary|-urlencode|-ascii)?|form|upload-file|post-data|post-file|body-data))[ =]?(?=\S)/;
const ASSIGNMENT = /(?:^|[\s"'&])[A-Z][A-Z0-9_]{2,60}=/g;
const URL_HOST = /\bhttps?:\/\/(?:[^\s/@"']{1,200}@)?(\[[0-9a-fA-F:.]{2,45}\]|[A-Za-z0-9._-]{1,253})/;

export interface Sending {
  /** The whole environment, or much of it: three assignments or more. */
  readonly isEnvironment: boolean;
  /** Whom it goes to, where the command line tells. */
  readonly host?: string;
  readonly isBare: boolean;
}

/** Whether a command line sends what the redactor took for a secret. */
export function sendsSecret(commandLine: string): Sending | undefined {
  const text = commandLine.slice(0, LONGEST);
  if (!text.includes('[redacted:')) return undefined;
  const body = sentIn(text);
  if (body === undefined || !MARKER.test(body)) return undefined;
  const [, host] = URL_HOST.exec(text) ?? [];
  const assignments = body.match(ASSIGNMENT)?.length ?? 0;
  return {
    isEnvironment: assignments >= 3,
    ...(host !== undefined && { host: host.toLowerCase() }),
    isBare: host !== undefined && isIP(host.replace(/^\[|\]$/g, '')) > 0,
  };
}

/** In the query of a URL, or by a pipe into what only passes on. */
const PASSED_ON = /\| *(?:sudo +)?(?:nc|ncat|netcat|socat|telnet)\b/;

function sentIn(text: string): string | undefined {
  const sent = SENT.exec(text);
  if (sent) return text.slice(sent.index);
  if (PASSED_ON.test(text)) return text;
  return text.split(/[\s"']/).find((word) => {
    const query = word.includes('://') ? word.indexOf('?') : -1;
    return query >= 0 && MARKER.test(word.slice(query));
  });
}

/** The environment of a process, printed or read. */
const DUMP = /(?:^|[\s;&|"'/])(?:printenv|env)(?: *$| *[|>;&]| +>)|\/proc\/(?:self|\*|\d+|\$\w+)\/environ\b/;

export function dumpsEnvironment(commandLine: string): boolean {
  return DUMP.test(commandLine.slice(0, LONGEST));
}

/** What takes a text that comes by a pipe away from the machine. */
const TAKES_AWAY = /\| *(?:sudo +)?(?:curl|wget|nc|ncat|netcat|socat|telnet|openssl|gpg)\b/;

export function passesOn(commandLine: string): boolean {
  return TAKES_AWAY.test(commandLine.slice(0, LONGEST));
}
