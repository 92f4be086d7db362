// What the plugin Configuration as Code exports: how Jenkins, its plugins, nodes and credentials are set, as YAML. It is given on
// POST, to whoever may see the system's configuration; jobs do not stand in it.
// https://github.com/jenkinsci/configuration-as-code-plugin/blob/master/docs/features/configExport.md; permission and method:
// ConfigurationAsCode.doExport there
import type { Json, JsonObject } from '../../../core/json.ts';
import { loadYaml } from '../../definitions/yaml/load.ts';
import type { YamlNode } from '../../definitions/yaml/node.ts';
import { gathered } from '../bytes.ts';
import type { Client } from '../client.ts';

export const EXPORT = '/configuration-as-code/export';
/** Bytes; the loader reads less still, and says so. */
const LONGEST = 4 * 1024 * 1024;
/** A value of Jenkins' type `Secret`. It may be encrypted anew each time, so that it is another says nothing. */
const ENCRYPTED = /^\{[\w+/=]{20,}\}$/;

/** The roots of the export by name, or why it cannot be had. Secrets that Jenkins does not know for such stand in it. */
export async function exportOf(
  api: Client,
  signal: AbortSignal,
): Promise<{ readonly page: JsonObject } | { readonly missing: string }> {
  const answer = await api.posted(EXPORT, signal, { expect: [403, 404] });
  const { bytes, isWhole } = await gathered(answer.bytes(), 0, LONGEST);
  const text = Buffer.from(bytes).toString('utf8');
  const denied = denialOf(answer.status, text);
  if (denied !== undefined) return { missing: `the configuration is not exported: ${denied}` };
  const { roots, problems } = loadYaml(text);
  const [root] = roots;
  const [problem] = problems;
  if (!isWhole || problem || root?.kind !== 'map') {
    const why = problem?.message ?? (isWhole ? 'it is no map' : `it is longer than ${LONGEST} bytes`);
    return { missing: `the exported configuration cannot be read: ${why}` };
  }
  return { page: Object.fromEntries([...root.entries].map(([name, node]) => [name, jsonOf(node)])) };
}

function denialOf(status: number, text: string): string | undefined {
  if (status === 404) return 'the plugin Configuration as Code is not installed';
  if (status !== 403) return undefined;
  return /\bcrumb\b/i.test(text)
    ? 'Jenkins asks for a crumb, as it does where `token` is a password and no API token'
    : 'its user needs Overall/SystemRead';
}

function jsonOf(node: YamlNode): Json {
  if (node.kind === 'list') return node.items.map(jsonOf);
  if (node.kind === 'map') return Object.fromEntries([...node.entries].map(([name, inner]) => [name, jsonOf(inner)]));
  if (ENCRYPTED.test(node.text)) return '(encrypted)';
  return node.text === 'true' || node.text === 'false' ? node.text === 'true' : node.text;
}
