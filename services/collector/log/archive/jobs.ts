// Which job of a GitHub run a file of its archive is the log of. The archive names its files after the jobs, changed so that
// any file system takes them; two services of GitHub write archives, and change names differently. What they do is not
// documented; it is what GitHub's own command line met: https://github.com/cli/cli/issues/5011, /issues/7642, /issues/11109.

/** A whole job's log lies at the top: `3_build.txt`, or with a negative number. In folders are logs of single steps. */
const JOB_LOG = /^-?\d{1,20}_([^/]{1,400})\.txt$/;
/** What no file of Windows may be called by. The one service leaves it out, the other puts `_` in its place. */
const FORBIDDEN = /[/\\:*?"<>|\p{Cc}]/gu;
/** What the two, and spaces around it, may have changed. */
const CHANGED = /[_\s/\\:*?"<>|\p{Cc}\uFFFD]/gu;
/** Names are cut so long, in UTF-16 units; some were shorter (58), so a name that may be cut is at least that long. */
const LONGEST = 90;
const SHORTEST_CUT = 40;

/** What is left of the job's name; undefined where the file is no job's whole log. */
export function jobNameIn(file: string): string | undefined {
  return JOB_LOG.exec(file)?.[1];
}

/**
 * The job among those of the run whose log the file is: by its exact name, else by what both services leave of it, else
 * the only one that begins like it, where the name is long. Undefined where none is, or more than one could be.
 */
export function jobOf(file: string, jobs: Iterable<string>): string | undefined {
  const name = jobNameIn(file);
  if (name === undefined) return undefined;
  const all = [...new Set(jobs)];
  const short = name.replace(CHANGED, '');
  const candidates = [
    all.filter((job) => formsOf(job).includes(name)),
    all.filter((job) => job.replace(CHANGED, '') === short),
    name.length < SHORTEST_CUT ? [] : all.filter((job) => job.replace(CHANGED, '').startsWith(short)),
  ].find(({ length }) => length > 0);
  return candidates?.length === 1 ? candidates[0] : undefined;
}

function formsOf(job: string): readonly string[] {
  const forms = [job.replace(FORBIDDEN, ''), job.replace(FORBIDDEN, '_')];
  // Half a character at the end becomes the character for what cannot be read, as it does in UTF-8.
  return [job, ...forms, ...forms.map((form) => form.slice(0, LONGEST).trim().toWellFormed())];
}
