// How a program is called when it is compared: by its name, without what changes from run to run.
import type { ActivityOf, Process } from '../../services/core/activity.ts';

/** Longest name that is compared. */
const LONGEST = 80;

/** What was started, or the lines of a step's script. */
export function commandsIn(activity: ActivityOf<'process' | 'step'>): readonly string[] {
  if (activity.kind === 'step') return activity.detail.command?.split('\n') ?? [];
  const line = activity.detail.action === 'start' ? activity.process?.command_line : undefined;
  return line === undefined ? [] : [line];
}

/** Shells and interpreters that run what they are given. */
const SHELLS = new Set(['sh', 'bash', 'dash', 'ash', 'zsh', 'ksh', 'busybox', 'pwsh', 'powershell', 'cmd']);

/** `python3.12` and `python3` are one program, so are `node20` and `node`; `-bash` is a login shell. */
export function programName(executable: string | undefined): string | undefined {
  if (executable === undefined) return undefined;
  const end = Math.max(executable.lastIndexOf('/'), executable.lastIndexOf('\\'));
  const base = executable
    .slice(end + 1)
    .slice(0, LONGEST)
    .toLowerCase()
    .replace(/^-/, '')
    .replace(/\.exe$/, '');
  return withoutVersion(base) || base || undefined;
}

/** Digits and dots at the end, with the mark before them. */
function withoutVersion(name: string): string {
  let end = name.length;
  while (end > 0 && /[\d.]/.test(name[end - 1] ?? '')) end -= 1;
  if (end === name.length) return name;
  return name.slice(0, /[-_]/.test(name[end - 1] ?? '') ? end - 1 : end);
}

/** What moves data by hand, or opens a way for it: a job's own tools (node, docker, a package manager) are none of these. */
const TRANSFER_TOOLS = new Set(
  'curl wget aria2c http https xh ftp lftp sftp scp rsync ssh telnet nc ncat netcat socat openssl certutil bitsadmin invoke-webrequest dig nslookup host drill'.split(
    ' ',
  ),
);

export function isTransferTool(program: string | undefined): boolean {
  return program !== undefined && (TRANSFER_TOOLS.has(program) || SHELLS.has(program));
}

/** What runs scripts of its own language; a job that never used one on the network has no reason to begin. */
const SCRIPT_RUNTIMES = new Set(['python', 'perl', 'php', 'ruby', 'lua', 'bun', 'deno']);

export function isScriptRuntime(program: string | undefined): boolean {
  return program !== undefined && SCRIPT_RUNTIMES.has(program);
}

/**
 * What any script may use and nobody learns anything from: GNU coreutils, findutils, diffutils, the shell's companions
 * (https://www.gnu.org/software/coreutils/manual/), and what a login or a package's script runs.
 */
const EVERYDAY = new Set(
  'arch awk basename bc cat chgrp chmod chown cksum clear cmp column comm cp csplit cut date dd df diff dirname du echo egrep env expand expr factor false fgrep file find fmt fold gawk getopt grep groups gunzip gzip head hexdump hostname id install join jq less link ln locale logname ls lsb_release mawk md5sum mkdir mkfifo mktemp more mv nice nl nproc numfmt od patch paste pathchk pr printenv printf ps pwd readlink realpath rev rm rmdir sed seq sha1sum sha224sum sha256sum sha384sum sha512sum shuf sleep sort split stat stdbuf stty sum sync tac tail tar tee test time timeout touch tput tr true truncate tsort tty uname uniq unlink unxz unzip uptime users wc which who whoami xargs xxd xz yes yq zcat zip zstd bzip2 lsof'.split(
    ' ',
  ),
);

export function isEveryday(program: string): boolean {
  return EVERYDAY.has(program);
}

export function isShell(program: string | undefined): boolean {
  return program !== undefined && SHELLS.has(program);
}

/** The program that started it. */
export function parentName({ ancestors }: Process): string | undefined {
  return programName(ancestors?.[0]?.executable);
}

/** A command line as it is shown: one line, cut. */
export function shown(commandLine: string, most = 160): string {
  const line = commandLine.replaceAll(/\s+/g, ' ').trim();
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}
