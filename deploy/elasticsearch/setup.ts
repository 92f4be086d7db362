// Prepares an Elasticsearch once: the password of Kibana's own user, and an API key for Pipewarden that reaches its own
// indices alone. What is there already stays. Environment: ELASTICSEARCH_URL, ELASTIC_PASSWORD, KIBANA_PASSWORD (may be
// missing), API_KEY_FILE.
import { existsSync, renameSync, writeFileSync } from 'node:fs';

interface Setup {
  readonly url: string;
  /** Of the user `elastic`. */
  readonly password: string;
  readonly kibanaPassword: string | undefined;
  /** Where the key is written, readable by its owner alone. */
  readonly keyFile: string;
}

/**
 * What Pipewarden needs, and no more; the tests run as it
 * (https://www.elastic.co/docs/deploy-manage/users-roles/cluster-or-deployment-auth/elasticsearch-privileges).
 */
export const ROLE = {
  cluster: ['monitor', 'manage_index_templates'],
  indices: [{ names: ['pipewarden-*'], privileges: ['manage', 'read', 'write'] }],
};

export async function setUp({ url, password, kibanaPassword, keyFile }: Setup): Promise<void> {
  const authorization = `Basic ${Buffer.from(`elastic:${password}`).toString('base64')}`;
  const post = async (path: string, body: object): Promise<unknown> => {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    return await answer.json();
  };
  // https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-security-change-password
  if (kibanaPassword) await post('/_security/user/kibana_system/_password', { password: kibanaPassword });
  if (existsSync(keyFile)) return;
  // https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-security-create-api-key
  const made = await post('/_security/api_key', { name: 'pipewarden', role_descriptors: { pipewarden: ROLE } });
  if (typeof made !== 'object' || made === null || !('encoded' in made) || typeof made.encoded !== 'string') {
    throw new Error('the answer holds no key');
  }
  // Renamed only when whole: half a key would be taken for one.
  writeFileSync(`${keyFile}.new`, made.encoded, { mode: 0o600 });
  renameSync(`${keyFile}.new`, keyFile);
}

if (import.meta.main) {
  const { ELASTICSEARCH_URL = '', ELASTIC_PASSWORD = '', KIBANA_PASSWORD, API_KEY_FILE = '' } = process.env;
  await setUp({
    url: ELASTICSEARCH_URL,
    password: ELASTIC_PASSWORD,
    kibanaPassword: KIBANA_PASSWORD,
    keyFile: API_KEY_FILE,
  });
}
