// The stylesheet, from its parts; the order matters little, for each part speaks of its own classes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PARTS = ['base', 'frame', 'list', 'incident', 'evidence', 'charts', 'containment', 'dead', 'measures'] as const;

export const STYLE = PARTS.map((part) => readFileSync(join(import.meta.dirname, 'styles', `${part}.css`), 'utf8')).join(
  '\n',
);
