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
/** Tools that measure servers are told addresses and threads too; the port is what pools have chosen. */
const POOL_URL =
  /\s--url[ =](?:[a-z+]{1,12}:\/\/)?[\w.-]{3,100}:(?:3333|4444|5555|6666|7777|9999|1[34]433|1[34]444|20580|45560|45700)(?:\s|$)/;
const SHARE = /\s(?:-[utakp]|--(?:user|threads|algo|pass|keepalive|cpu-[a-z-]{1,30}))\b/;

export function mines(commandLine: string): boolean {
  const text = commandLine.slice(0, LONGEST);
  return MINING.some((pattern) => pattern.test(text)) || ((POOL.test(text) || POOL_URL.test(text)) && SHARE.test(text));
}

const MARKER = /\[redacted:[a-z0-9-]{1,60}:[0-9a-z.]{1,80}\]/;
/** A body, a form or a file: what is sent. A header or `-u` is how one signs in. */
const SENT =
  /(?: -(?:d|F|T)| --(?:data(?:-raw|-binary|-urlencode|-ascii)?|form|upload-file|post-data|post-file|body-data))[ =]?(?=\S)/;
const ASSIGNMENT = /(?:^|[\s"'&])[A-Z][A-Z0-9_]{2,60}=/g;
const URL_HOST = /\bhttps?:\/\/(?:[^\s/@"']{1,200}@)?(\[[0-9a-fA-F:.]{2,45}\]|[A-Za-z0-9._-]{1,253})/;

export interface Receiver {
  readonly host: string;
  readonly isBare: boolean;
}

/** Whom a command line names that something could go to. */
export function receiverIn(commandLine: string): Receiver | undefined {
  const [, host] = URL_HOST.exec(commandLine.slice(0, LONGEST)) ?? [];
  return host === undefined ? undefined : { host: host.toLowerCase(), isBare: isIP(host.replace(/^\[|\]$/g, '')) > 0 };
}

export interface Sending {
  /** The whole environment, or much of it: three assignments or more. */
  readonly isEnvironment: boolean;
}

/** Whether a command line sends what the redactor took for a secret. */
export function sendsSecret(commandLine: string): Sending | undefined {
  const text = commandLine.slice(0, LONGEST);
  if (!text.includes('[redacted:')) return undefined;
  const body = sentIn(text);
  if (body === undefined || !MARKER.test(body)) return undefined;
  return { isEnvironment: (body.match(ASSIGNMENT)?.length ?? 0) >= 3 };
}

/** A file is sent as it is: `-T FILE`, `@FILE` of curl's bodies and forms, `--post-file` of wget. */
const FILE_SENT =
  /(?: -(?:d|F)| --(?:data(?:-binary|-raw|-urlencode)?|form))[ =]?["']?(?:[\w-]{1,60}=)?[@<]([^\s"';]{1,300})|(?: -T| --(?:upload-file|post-file|body-file))[ =]?["']?([^\s"';]{1,300})/g;

/** Paths of the files that a command line uploads. */
export function filesSent(commandLine: string): readonly string[] {
  return [...commandLine.slice(0, LONGEST).matchAll(FILE_SENT)].flatMap(([, at, whole]) => at ?? whole ?? []);
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

/** All of it as a value, in the languages that scripts are written in; one variable of it is another matter. */
const WHOLE =
  /(?<!env=)\b(?:dict|list|str|repr|json\.dumps|sorted|vars)\( *(?:dict\( *)?os\.environ\b(?! *[.[])|(?<!env=|dict\()\bos\.environ(?:\.items\(\)|\.copy\(\)| *\))|JSON\.stringify\( *(?:Object\.\w+\( *)?(?:process\.env|Bun\.env|Deno\.env\.toObject\(\))(?! *[.[])|\bENV\.(?:to_h|to_a|map|each|inspect)\b|(?:print|puts|p) ENV\b(?! *\[)|\b(?:Dumper|join|map)\b[^;]{0,40}%ENV\b|System\.getenv\( *\)|(?:var_dump|print_r|json_encode)\( *(?:getenv\( *\)|\$_ENV)(?! *\[)/;

export function dumpsEnvironment(commandLine: string): boolean {
  const text = commandLine.slice(0, LONGEST);
  return DUMP.test(text) || (INLINE_ANYWHERE.test(text) && WHOLE.test(text));
}

/** A script on the command line. */
const INLINE_ANYWHERE = /\b(?:python|perl|ruby|php|node|bun|deno)[\d.]* +(?:-[a-zA-Z]*[ceErRp]\b|eval\b)/;

/** Past the masks of the log, and past who reads it: nobody looks for a mistake in that. */
const ENCODES =
  /\| *(?:base(?:64|32)|xxd|od|hexdump|gzip|bzip2|xz|zstd|rev|tr)\b|b(?:ase)?(?:64|32)(?:_?encode)\b|\.b64encode\(|\bbtoa\(|\.(?:hex\(\)|toString\(['"](?:base64|hex)['"]\))|Base64\.(?:strict_)?encode64|pack\(['"]m|bin2hex\(|zlib\.compress|gzip\.compress/;

export function encodes(commandLine: string): boolean {
  return ENCODES.test(commandLine.slice(0, LONGEST));
}

/** What takes a text that comes by a pipe away from the machine. */
const TAKES_AWAY = /\| *(?:sudo +)?(?:curl|wget|nc|ncat|netcat|socat|telnet|openssl|gpg)\b/;

export function passesOn(commandLine: string): boolean {
  return TAKES_AWAY.test(commandLine.slice(0, LONGEST));
}
