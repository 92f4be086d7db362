// Names out of an answer that a plan shows to people: short, in harmless characters, never kept as state.
import type { Json } from '../../services/core/json.ts';

const LABEL = /^[\w .:@/-]{1,60}$/;
const SHOWN = 5;

/** `build, test and 3 more`; a name of other characters is counted without being shown. */
export function labels(names: readonly Json[]): string {
  const harmless = names.filter((name): name is string => typeof name === 'string' && LABEL.test(name));
  const shown = harmless.slice(0, SHOWN);
  const rest = names.length - shown.length;
  if (rest === 0) return shown.join(', ');
  return shown.length === 0 ? `${rest}` : `${shown.join(', ')} and ${rest} more`;
}
