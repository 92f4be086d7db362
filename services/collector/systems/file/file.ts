// A file of lines that somebody else writes: Vault's audit file, Falco's output, an access log.
import { z } from 'zod';
import { SOURCES } from '../../sources/index.ts';
import { systemName } from '../settings.ts';
import { type Connection, defineSystem, type Surroundings } from '../system.ts';
import { fileCondition, filePoll } from './follow.ts';

const LINES: readonly string[] = SOURCES.filter(({ body }) => body !== 'log').map(({ id }) => id);

const fileSettings = z.strictObject({
  type: z.literal('file').describe('A file that is read while it is written, also across its rotations.'),
  name: systemName('file'),
  path: z.string().min(1).describe('Of the file that is written now; older ones lie beside it.'),
  source: z
    .string()
    .refine((source) => LINES.includes(source), 'expected a source whose records are lines')
    .describe('What its lines are: `vault.audit`, `falco`, `jenkins.access` …'),
});

export const file = defineSystem({
  type: 'file',
  title: 'A log file',
  settings: fileSettings,
  secrets: () => [],
  connect({ path, source }: z.output<typeof fileSettings>, surroundings: Surroundings): Connection {
    return {
      polls: [filePoll({ name: 'lines', source, path }, surroundings)],
      pulls: [],
      histories: [],
      conditions: [fileCondition(path)],
    };
  },
});
