// What `init` writes: the configuration, and secrets beside it that only their owner can read.
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { messageOf, PipewardenError } from '../../core/errors.ts';

export interface Files {
  /** A reference to the secret, which it writes. */
  secret(name: string, value: string): string;
  config(text: string): void;
}

/** Throws USAGE where there is a configuration already: it is never overwritten. */
export function filesAt(config: string): Files {
  if (existsSync(config)) {
    throw new PipewardenError('USAGE', { problem: `${config} is there already: name another with --file` });
  }
  const folder = join(dirname(resolve(config)), 'pipewarden-secrets');
  return {
    secret(name, value) {
      const path = freeIn(folder, name);
      written(path, () => {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        chmodSync(folder, 0o700);
        writeFileSync(path, value, { mode: 0o600, flag: 'wx' });
      });
      return `\${file:${path}}`;
    },
    config(text) {
      written(config, () => writeFileSync(config, text, { flag: 'wx' }));
    },
  };
}

/** One configuration's secret is not another's. */
function freeIn(folder: string, name: string): string {
  for (let number = 1; ; number++) {
    const path = join(folder, number === 1 ? name : `${name}-${number}`);
    if (!existsSync(path)) return path;
  }
}

function written(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new PipewardenError('USAGE', { problem: `cannot write ${path}: ${messageOf(error)}` }, error);
  }
}
