// How much of a definition is read.
import type { Problem } from '../../core/definition.ts';

/** Characters. Systems stop earlier or about there (GitLab: 2 MiB, https://docs.gitlab.com/administration/instance_limits/). */
const SIZE_LIMIT = 512 * 1024;

/** The text, or its beginning up to the end of a line. */
export function withinSize(text: string, problems: Problem[]): string {
  if (text.length <= SIZE_LIMIT) return text;
  problems.push({ message: `only the first ${SIZE_LIMIT} characters are read` });
  const end = text.lastIndexOf('\n', SIZE_LIMIT);
  return text.slice(0, end > 0 ? end : SIZE_LIMIT);
}
