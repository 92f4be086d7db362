// What may be wrong with an archive of logs, or with a file in it: as it is told, and as it is counted.
import { PipewardenError } from '../../../core/errors.ts';

const PROBLEMS = {
  damaged: 'it is damaged or ends early',
  encrypted: 'it is encrypted',
  method: 'it is compressed in a way that nobody uses for logs',
  name: 'its name is none that a log has',
  overlapping: 'it shares bytes with another file of the archive',
  ratio: 'it unpacks to far more than a log would',
  'too-large': 'it is too large',
  'too-many': 'it holds too many files',
} as const;

export type ArchiveProblem = keyof typeof PROBLEMS;

/** Counted: a log that was read, or why one was not, or why a whole archive was not. */
export type ArchiveOutcome = 'read' | ArchiveProblem;

/** ARCHIVE_REFUSED. `what`: the archive, or a file in it; never by a name that somebody else chose. */
export function refusal(what: 'the archive' | 'a file of the archive', problem: ArchiveProblem): PipewardenError {
  return new PipewardenError('ARCHIVE_REFUSED', { what, problem: PROBLEMS[problem], reason: problem });
}

/** Undefined: it is no refusal of an archive, and has to be thrown on. */
export function problemOf(error: unknown): ArchiveProblem | undefined {
  if (!(error instanceof PipewardenError) || error.code !== 'ARCHIVE_REFUSED') return undefined;
  const { reason } = error.data;
  return typeof reason === 'string' && isProblem(reason) ? reason : 'damaged';
}

function isProblem(reason: string): reason is ArchiveProblem {
  return Object.hasOwn(PROBLEMS, reason);
}
