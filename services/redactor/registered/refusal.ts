// Which values cannot be registered: redacting them would spoil every log and protect nothing.
import { isPlaceholder, isVaried } from '../plausible.ts';

const SHORTEST = 8;
const DISTINCT = 4;
/** Long words and bare addresses that stand in any log; what goes on behind them may well be secret. */
const COMMON =
  /^(?:password|username|anonymous|undefined|production|development|(?:https?:\/\/)?(?:localhost|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|dev)|\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?\/?)$/i;
const WORD = /^[a-z]{1,12}$/i;

/** Why not; undefined: it can. */
export function refusalOf(value: string): string | undefined {
  if (Buffer.byteLength(value) < SHORTEST) return `shorter than ${SHORTEST} bytes: it would be found in ordinary text`;
  if (!isVaried(value, DISTINCT)) return `fewer than ${DISTINCT} different characters`;
  if (isPlaceholder(value)) return 'it stands for a secret, and is none';
  if (COMMON.test(value) || WORD.test(value)) return 'a common word or address: it would be found in ordinary text';
  return undefined;
}
