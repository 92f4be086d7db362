// `pipewarden config schema`: the configuration's JSON Schema, for editors.
import { z } from 'zod';
import { type Subcommand, subcommand } from './common.ts';
import { configurationSchema } from './configuration.ts';

/** JSON Schema (2020-12) of the configuration file, as text. */
export function configurationJsonSchema(): string {
  const schema = z.toJSONSchema(configurationSchema, { io: 'input' });
  return `${JSON.stringify({ title: 'Pipewarden configuration', ...schema }, null, 2)}\n`;
}

export const configCommand: Subcommand = (io) => {
  const command = subcommand('config', 'about the configuration file');
  command
    .command('schema')
    .description('its JSON Schema')
    .action(() => io.out(configurationJsonSchema()));
  return command;
};
