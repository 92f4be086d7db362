// Every kind of secret that is known. Where two match the same text, the one that stands first names it.
import type { Pattern } from './pattern.ts';
import { assignments } from './patterns/assignments.ts';
import { chat } from './patterns/chat.ts';
import { clouds } from './patterns/clouds.ts';
import { github } from './patterns/github.ts';
import { gitlab } from './patterns/gitlab.ts';
import { packages } from './patterns/packages.ts';
import { privateKeys } from './patterns/private-keys.ts';
import { protocols } from './patterns/protocols.ts';

export const PATTERNS: readonly Pattern[] = [
  ...privateKeys,
  ...github,
  ...gitlab,
  ...chat,
  ...packages,
  ...clouds,
  ...protocols,
  ...assignments,
];
