// A profile as text: a tag that says which baseline wrote it and in which form, and JSON. What is read back is not trusted.
import { isObject, type Json, parsedJson } from '../../services/core/json.ts';

/** No profile is longer: what is, was not written here. */
const LONGEST = 1 << 20;

export function written(tag: string, value: Json): string {
  return `${tag} ${JSON.stringify(value)}`;
}

/** Undefined where the text carries another tag, or no JSON. */
export function unwritten(tag: string, text: string): unknown {
  if (text.length > LONGEST || !text.startsWith(`${tag} `)) return undefined;
  return parsedJson(text.slice(tag.length + 1));
}

/** A number that is finite and not negative: a weight, a time. */
export function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY;
}

export function isCount(value: unknown): value is number {
  return isAmount(value) && Number.isSafeInteger(value);
}

export function isListOf<Item>(
  value: unknown,
  isItem: (item: unknown) => item is Item,
  longest: number,
): value is readonly Item[] {
  return Array.isArray(value) && value.length <= longest && value.every(isItem);
}

/** The entries of an object, of which there are at most so many. */
export function entriesOf(value: unknown, most: number): readonly (readonly [string, unknown])[] | undefined {
  if (!isObject(value)) return undefined;
  const entries = Object.entries(value);
  return entries.length <= most ? entries : undefined;
}

/** Of a list of weights, kept in so many units to the observation, those that are not 0: steps between them, and units. */
export function sparse(weights: readonly number[], units: number): readonly number[] {
  const flat: number[] = [];
  let last = -1;
  for (const [place, weight] of weights.entries()) {
    if (weight === 0) continue;
    flat.push(place - last, Math.round(weight * units));
    last = place;
  }
  return flat;
}

/** The list again, of a length; where there are no weights it is empty. Undefined for what `sparse` does not make. */
export function dense(flat: readonly number[], units: number, length: number): readonly number[] | undefined {
  if (flat.length === 0) return [];
  const weights = new Array<number>(length).fill(0);
  let place = -1;
  for (let index = 0; index < flat.length; index += 2) {
    const [step = 0, weight = 0] = flat.slice(index, index + 2);
    place += step;
    if (step === 0 || weight === 0 || place >= length) return undefined;
    weights[place] = weight / units;
  }
  return weights;
}
