// People and address databases in the configuration file.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Configuration, loadConfiguration } from '../../services/cli/configuration.ts';
import { knowledgeOf } from '../../services/cli/knowledge.ts';
import { silentLog } from '../../services/telemetry/log.ts';
import { mmdb } from '../helpers/mmdb.ts';

const folder = mkdtempSync(join(tmpdir(), 'configuration-'));
afterAll(() => rmSync(folder, { recursive: true }));

function load(text: string): Configuration {
  const path = join(folder, 'pipewarden.yaml');
  writeFileSync(path, text);
  return loadConfiguration(path);
}

function problemsOf(text: string): string {
  try {
    load(text);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message.replaceAll(`${folder}/`, '') : '';
  }
}

describe('identities', () => {
  test('join what belongs to one person', () => {
    const { aliases } = knowledgeOf(
      load(
        [
          'identities:',
          '  - person: mara',
          '    logins: [github:mara-l, gitlab:mara]',
          '    ids: [gitlab:42]',
          '    emails: [mara@acme.example]',
          '    keys: ["SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"]',
        ].join('\n'),
      ),
      silentLog,
    );
    for (const key of ['github:mara-l', 'gitlab#42', 'mara@acme.example']) expect(aliases.personOf([key])).toBe('mara');
    expect(aliases.personOf(['github:mara'])).toBeUndefined();
  });

  test('that claim the same name twice are told where', () => {
    const text = [
      'identities:',
      '  - { person: mara, logins: [github:mara] }',
      '  - { person: eve, logins: [github:Mara] }',
    ];
    expect(problemsOf(text.join('\n'))).toBe(
      'pipewarden.yaml:3:5: identities.1: github:mara is somebody else’s already; give it to one',
    );
  });

  test.each([
    ['logins: [mara]', /identities\.0\.logins\.0: expected SYSTEM:NAME, where SYSTEM is one of github, gitlab/],
    ['logins: [gitbub:mara]', /identities\.0\.logins\.0: expected SYSTEM:NAME/],
    ['emails: [mara]', /identities\.0\.emails\.0: expected an e-mail address/],
    ['login: [github:mara]', /identities\.0\.login is not a setting; did you mean logins\?/],
  ])('with %s are refused', (field, problem) => {
    expect(problemsOf(`identities:\n  - { person: mara, ${field} }`)).toMatch(problem);
  });

  test('are called by one word, or an address', () => {
    expect(problemsOf('identities: [{ person: "Mara Lindqvist" }]')).toMatch(
      /identities\.0\.person: expected one word/,
    );
    expect(problemsOf('identities: [{ person: "github:mara" }]')).toMatch(/identities\.0\.person: expected one word/);
    expect(problemsOf('identities: [{ person: mara@acme.example }]')).toBe('');
    expect(problemsOf('identities: [{ person: mara }, { person: mara }]')).toMatch(/two entries have the same person/);
  });
});

describe('enrichment', () => {
  test('with a file that is not there does not start', () => {
    const configuration = load(`enrichment: { country: ${join(folder, 'nowhere.mmdb')} }`);
    expect(() => knowledgeOf(configuration, silentLog)).toThrow(/^enrichment\.country: the address database .* ENOENT/);
  });

  test('with a database knows where addresses are', async () => {
    const path = join(folder, 'asn.mmdb');
    writeFileSync(path, mmdb({ networks: { '203.0.113.0/24': { autonomous_system_number: 64_500 } } }));
    const { networks } = knowledgeOf(load(`enrichment: { asn: ${path} }`), silentLog);
    await networks.refresh();
    expect(networks.of('203.0.113.1').asn?.value).toBe(64_500);
  });

  test('is nobody’s duty', async () => {
    const { networks, aliases } = knowledgeOf(load(''), silentLog);
    await networks.refresh();
    expect(networks.of('203.0.113.1')).toEqual({});
    expect(aliases.personOf(['github:mara'])).toBeUndefined();
  });
});

test('a source that is spelled otherwise is told with its name', () => {
  const problems = problemsOf("sources: [{ source: gitlab.webhok, secrets: ['${env:X}'] }]");
  expect(problems).toMatch(/^\S+:1:21: sources\.0\.source: .*; did you mean gitlab\.webhook\?$/);
});

describe('document_store', () => {
  const elasticsearch = (more: string) =>
    problemsOf(`document_store: { type: elasticsearch, nodes: ['https://es.example:9200'], ${more} }`);

  test('is SQLite, or Elasticsearch with a key by reference', () => {
    expect(load('{}').document_store).toEqual({ type: 'sqlite' });
    expect(elasticsearch("api_key: '${env:ES_KEY}', ca: /etc/ssl/own.pem, prefix: ci-")).toBe('');
  });

  test('sends its key nowhere that others could read it', () => {
    const text = "{ type: elasticsearch, nodes: ['http://es.example:9200'], api_key: '${env:ES_KEY}' }";
    expect(problemsOf(`document_store: ${text}`)).toMatch(/an API key goes to https:\/\/ addresses only/);
    const withUser = `{ type: elasticsearch, nodes: ['https://elastic:${'x'.repeat(8)}@es.example'] }`;
    expect(problemsOf(`document_store: ${withUser}`)).toMatch(/give an API key, as a reference/);
  });

  test.each(['Upper-', '-dash', '.hidden', 'a/b', 'a*', ''])('has no prefix like %j', (prefix) => {
    expect(elasticsearch(`prefix: '${prefix}'`)).toMatch(/document_store\.prefix: expected lower-case/);
  });
});
