// Deeds on files. A process's memory is a file too on Linux (`/proc/1873/mem`, proc(5)); it is told as memory.
import type { ActivityDetails } from '../../../../core/activity.ts';
import { known } from '../../../fields.ts';
import type { Deed } from './deed.ts';

export type FileAction = ActivityDetails['file']['action'];

const MEMORY = /^(?:\/host)?\/proc\/(\d{1,10}|self|thread-self)(?:\/task\/\d{1,10})?\/mem$/;

export function fileDeed(action: FileAction, path: string, target?: string): Deed {
  const owner = MEMORY.exec(path)?.[1];
  if (owner === undefined) return { kind: 'file', detail: known({ action, path, target }) };
  const pid = Number(owner);
  return {
    kind: 'memory',
    detail: known({
      action: action === 'write' ? ('write' as const) : ('read' as const),
      target: Number.isInteger(pid) ? { pid } : undefined,
    }),
  };
}

const ACCESS_MODE = 0o3;
const CREATE = 0o100;
const EXCLUSIVE = 0o200;

/**
 * What an open file is opened for, by the flags of open(2) as a number or in words (`O_WRONLY|O_CREAT`; Falco adds
 * `O_F_CREATED` where the file was made by it). An open that tells no flags reads: the least that it can be.
 */
export function openAction(flags: number | string | undefined): 'read' | 'write' | 'create' {
  if (flags === undefined) return 'read';
  const writes = typeof flags === 'number' ? (flags & ACCESS_MODE) !== 0 : /\bO_(?:WRONLY|RDWR)\b/.test(flags);
  const made =
    typeof flags === 'number'
      ? (flags & CREATE) !== 0 && (flags & EXCLUSIVE) !== 0
      : flags.includes('O_F_CREATED') || (flags.includes('O_CREAT') && flags.includes('O_EXCL'));
  if (made) return 'create';
  return writes ? 'write' : 'read';
}
