// The list of systems.
import { github } from './github/github.ts';
import type { System } from './system.ts';

export const SYSTEMS: readonly System[] = [github];
