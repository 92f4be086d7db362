// Touching another process's memory by system calls: ptrace(2), which includes reading and writing it word by word, and
// process_vm_readv(2) and its counterpart.
import type { ActivityDetails } from '../../../../core/activity.ts';
import { known } from '../../../fields.ts';
import type { Deed } from './deed.ts';

/** `request` is ptrace's: a number, or its name as Tracee and Falco write it (`PTRACE_PEEKDATA`). */
export function memoryDeed(
  call: 'trace' | 'peek' | 'poke',
  pid: number | undefined,
  request?: number | string | undefined,
): Deed {
  const action = call === 'trace' ? traceAction(request) : call === 'peek' ? 'read' : 'write';
  return { kind: 'memory', detail: known({ action, target: pid !== undefined && pid > 0 ? { pid } : undefined }) };
}

/** PTRACE_PEEKTEXT, PEEKDATA, PEEKUSER, GETREGS, GETFPREGS and GETREGSET by number (include/uapi/linux/ptrace.h). */
const READS = new Set([1, 2, 3, 12, 14, 0x4204]);
const WRITES = new Set([4, 5, 6, 13, 15, 0x4205]);

function traceAction(request: number | string | undefined): ActivityDetails['memory']['action'] {
  if (typeof request === 'number') return READS.has(request) ? 'read' : WRITES.has(request) ? 'write' : 'trace';
  if (request === undefined) return 'trace';
  if (/PEEK|GET(?:FP)?REGS/.test(request)) return 'read';
  return /POKE|SET(?:FP)?REGS/.test(request) ? 'write' : 'trace';
}
