// docs/reference/configuration.md: every setting, from the JSON Schema.
import { configurationJsonSchema } from '../../services/cli/config.ts';
import { isObject } from '../../services/core/json.ts';
import { page, table } from './markdown.ts';

export function configurationPage(): string {
  const schema: unknown = JSON.parse(configurationJsonSchema());
  return page(
    'Configuration',
    'One YAML file, named with `--config`. Let your editor check it: begin it with `# yaml-language-server: $schema=` and the path of `config.schema.json`. Secrets are references, never values: `${env:NAME}`, `${file:PATH}`, or to a secret manager, `${vault:…}`, `${aws:…}`, `${gcp:…}`, `${azure:…}` ([operations](../operations.md#where-secrets-come-from)).',
    [table(['setting', 'type', 'default', 'meaning'], rows(schema, ''))],
  );
}

/** `branch`: one of the alternatives of a setting that has its own row already. */
function rows(schema: unknown, path: string, branch = false): string[][] {
  if (!isObject(schema)) return [];
  const unions = [schema.anyOf, schema.oneOf].find(Array.isArray) ?? [];
  const inside = [
    ...Object.entries(isObject(schema.properties) ? schema.properties : {}).flatMap(([key, value]) =>
      rows(value, path === '' ? key : `${path}.${key}`),
    ),
    ...(isObject(schema.items) ? rows(schema.items, `${path}[]`) : []),
    ...unions.flatMap((alternative) => rows(alternative, path, true)),
  ];
  const own = branch || path === '' || (path.endsWith('[]') && inside.length > 0) ? [] : [row(schema, path)];
  return [...own, ...inside];
}

function row(schema: Record<string, unknown>, path: string): string[] {
  const type = schema.const !== undefined ? JSON.stringify(schema.const) : kind(schema);
  const preset = schema.default === undefined ? '' : `\`${JSON.stringify(schema.default)}\``;
  return [`\`${path}\``, type, preset, typeof schema.description === 'string' ? schema.description : ''];
}

function kind(schema: Record<string, unknown>): string {
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
  return typeof schema.type === 'string' ? schema.type : 'one of the following';
}
