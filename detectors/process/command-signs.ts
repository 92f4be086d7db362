// What a command line says of itself, whatever the job: linear expressions over one line.
import { isIP } from 'node:net';

/** Longest part of a command line that is looked at. */
const LONGEST = 8_192;

/** Text from base64 into an interpreter; or a long literal that is decoded at all. Variables that are decoded to a file are everyday. */
const DECODE_AND_RUN: readonly RegExp[] = [
  /base64 (?:-d|-D|--decode)\b[^|]{0,200}\| *(?:sudo |exec )?(?:ba|da|z)?sh\b/,
  /base64 (?:-d|-D|--decode)\b[^|]{0,200}\| *(?:sudo |exec )?(?:python|perl|ruby|node|php)[\d.]*\b/,
  /\becho (?:-n )?["']?[A-Za-z0-9+/]{80,}={0,2}["']? *\| *base64 (?:-d|-D|--decode)\b/,
  /\b(?:python|perl|ruby|node|php)[\d.]* -[ce] .{0,400}\b(?:exec|eval)\b.{0,200}\b(?:b64decode|base64|fromCharCode|atob)\b/,
  /\bpowershell(?:\.exe)? .{0,100}-[Ee](?:nc|ncodedCommand)? [A-Za-z0-9+/=]{40,}/,
];

export function decodesAndRuns(commandLine: string): boolean {
  const text = commandLine.slice(0, LONGEST);
  return text.includes('ase64') || text.includes('b64') || text.includes('-e') || text.includes('-E')
    ? DECODE_AND_RUN.some((pattern) => pattern.test(text))
    : false;
}

/** What mining programs are told: pools, their protocol, shares of the processor. */
const MINING: readonly RegExp[] = [
  /\bstratum\d?\+?(?:tcp|ssl|tls)?:\/\//i,
  /--(?:donate-level|cpu-max-threads-hint|randomx-[a-z-]+|coin[= ](?:monero|xmr))\b/,
  /(?:^|\/)(?:xmrig|xmr-stak|minerd|cpuminer|ethminer|nbminer|t-rex|lolminer|phoenixminer|srbminer)(?:\b|-)/i,
  / -o [\w.-]{3,100}:\d{2,5} .{0,100}-u [A-Za-z0-9]{20,}/,
];

export function mines(commandLine: string): boolean {
  const text = commandLine.slice(0, LONGEST);
  return MINING.some((pattern) => pattern.test(text));
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
  const sent = SENT.exec(text);
  const body = sent ? text.slice(sent.index) : undefined;
  if (body === undefined || !MARKER.test(body)) return undefined;
  const [, host] = URL_HOST.exec(text) ?? [];
  const assignments = body.match(ASSIGNMENT)?.length ?? 0;
  return {
    isEnvironment: assignments >= 3,
    ...(host !== undefined && { host: host.toLowerCase() }),
    isBare: host !== undefined && isIP(host.replace(/^\[|\]$/g, '')) > 0,
  };
}

/** The environment of a process, printed or read. */
const DUMP = /(?:^|[\s;&|"'])(?:printenv|env)(?: *$| *[|>;&]| +>)|\/proc\/(?:self|\*|\d+|\$\w+)\/environ\b/;

export function dumpsEnvironment(commandLine: string): boolean {
  return DUMP.test(commandLine.slice(0, LONGEST));
}

/** In a hidden folder that no tool keeps programs in, or where everybody may write. */
const HIDDEN =
  /(?:^|\/)\.(?!(?:\/|\.|bin|local|cargo|rustup|nvm|npm|yarn|pnpm|bun|deno|gem|rbenv|pyenv|venv|virtualenvs|tox|nox|cache\/(?:pre-commit|pip|uv|bazel|go-build|ms-playwright|puppeteer|Cypress|deno|node)|sdkman|jenv|asdf|mise|dotnet|gradle|m2|config|vscode|git|github|hooks|husky|terraform|kube|docker|opam|ghcup|cabal|stack|linuxbrew|fnm|volta|jdks|tools|build|next|nuxt|cpanm|poetry|rye|pixi|wine|swiftly|elan|juliaup|julia|nix|cache\/\w+\/))[A-Za-z0-9_-]{1,60}\//;
const OPEN_TO_ALL = /^\/(?:dev\/shm|var\/tmp)\//;

export function isHiddenPlace(executable: string): boolean {
  return OPEN_TO_ALL.test(executable) || HIDDEN.test(executable);
}
