// How a program is called when it is compared: by its name, without what changes from run to run.
import type { Process } from '../../services/core/activity.ts';

/** Longest name that is compared. */
const LONGEST = 80;

/** Shells and interpreters that run what they are given. */
const SHELLS = new Set(['sh', 'bash', 'dash', 'ash', 'zsh', 'ksh', 'busybox', 'pwsh', 'powershell', 'cmd']);

/** `python3.12` and `python3` are one program, so are `node20` and `node`; `-bash` is a login shell. */
export function programName(executable: string | undefined): string | undefined {
  if (executable === undefined) return undefined;
  const base = executable
    .slice(executable.search(/[^/\\]+$/))
    .replace(/^-/, '')
    .toLowerCase();
  const name = base.replace(/\.exe$/, '').replace(/[-_.]?\d+(?:\.\d+)*$/, '');
  return (name === '' ? base : name).slice(0, LONGEST) || undefined;
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
