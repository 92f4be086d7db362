// What is not a secret and looks like one, made up at run time from a seed, in the places where build logs hold it.
import { createRandom } from '../../sample/random.ts';
import { code } from './look-alikes/code.ts';
import type { Family } from './look-alikes/draw.ts';
import { hashes } from './look-alikes/hashes.ts';
import { lists } from './look-alikes/lists.ts';
import { names } from './look-alikes/names.ts';
import { settingsLike } from './look-alikes/settings.ts';
import { standIns } from './look-alikes/stand-ins.ts';

export interface LookAlike {
  readonly family: string;
  readonly text: string;
}

const FAMILIES: readonly Family[] = [...hashes, ...names, ...code, ...settingsLike, ...standIns, ...lists];

/** `each` of every family. The same seed gives the same. */
export function lookAlikes(seed: string, each: number): readonly LookAlike[] {
  return FAMILIES.flatMap(({ name, make }) => {
    const random = createRandom(`${seed}/${name}`);
    return Array.from({ length: each }, () => ({ family: name, text: make(random) }));
  });
}
