// Requests of ptrace(2): tracing includes reading and writing the other's memory word by word.
import type { ActivityDetails } from '../../../../core/activity.ts';

/** PTRACE_PEEKTEXT, PEEKDATA, PEEKUSER, GETREGS, GETFPREGS and PTRACE_GETREGSET, by number (include/uapi/linux/ptrace.h) */
const READS = new Set([1, 2, 3, 12, 14, 0x4204]);
const WRITES = new Set([4, 5, 6, 13, 15, 0x4205]);

/** A number, or its name as Tracee and Falco write it (`PTRACE_PEEKDATA`). */
export function traceAction(request: number | string | undefined): ActivityDetails['memory']['action'] {
  if (typeof request === 'number') return READS.has(request) ? 'read' : WRITES.has(request) ? 'write' : 'trace';
  if (request === undefined) return 'trace';
  if (/PEEK|GET(?:FP)?REGS/.test(request)) return 'read';
  return /POKE|SET(?:FP)?REGS/.test(request) ? 'write' : 'trace';
}
