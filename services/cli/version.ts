// The version of the package that this file belongs to: from the sources, or from the built package.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

function packageFile(): string {
  const near = join(import.meta.dirname, '../../package.json');
  return existsSync(near) ? near : join(import.meta.dirname, '../../../package.json');
}

export const VERSION = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(packageFile(), 'utf8'))).version;
