// Where each feed's file is: the rule of `Source.id`, read from the folder.
import { globSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../services/collector/sources');

/** The feeds that the folder holds, by id; paths are absolute and without `.ts`. */
export function feedFiles(): ReadonlyMap<string, string> {
  const files = globSync('*/*.ts', { cwd: folder, exclude: ['**/*.cases.ts'] }).map((file) => file.slice(0, -3));
  return new Map(files.map((file) => [idOf(file), join(folder, file)]));
}

function idOf(file: string): string {
  const [system = '', name = ''] = file.split('/');
  return system === name || system === 'sensors' ? name : `${system}.${name}`;
}
