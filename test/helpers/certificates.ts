// Certificates for one test run: an authority, and what it signs for 127.0.0.1 and localhost. Nothing of it is kept.
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Signed {
  /** Paths of PEM files. */
  readonly certificate: string;
  readonly key: string;
  /** Key and certificates in one file, as Kafka reads its keystore. */
  readonly both: string;
}

export interface Authority {
  /** Path of its certificate, PEM. */
  readonly ca: string;
  sign(name: string): Promise<Signed>;
  remove(): Promise<void>;
}

/** Why none can be made; undefined when they can. */
export function opensslMissing(): string | undefined {
  const { error, status } = spawnSync('openssl', ['version'], { stdio: 'ignore' });
  return error || status !== 0 ? '`openssl` is not installed' : undefined;
}

export async function createAuthority(): Promise<Authority> {
  const folder = await mkdtemp(join(tmpdir(), 'pipewarden-ca-'));
  const at = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => run('openssl', args);
  const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  await openssl(
    'req',
    '-x509',
    ...fresh,
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.pem'),
    '-days',
    '2',
    '-subj',
    '/CN=ca',
  );
  return {
    ca: at('ca.pem'),
    async sign(name) {
      const of = (kind: string) => at(`${name}.${kind}`);
      const [key, certificate, both] = [of('key'), of('pem'), of('both')];
      const [request, extensions] = [of('csr'), of('ext')];
      await openssl('req', ...fresh, '-keyout', key, '-out', request, '-subj', `/CN=${name}`);
      await writeFile(extensions, 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
      const by = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-days', '2', '-extfile', extensions];
      await openssl('x509', '-req', '-in', request, ...by, '-out', certificate);
      await writeFile(both, `${await readFile(key, 'utf8')}${await readFile(certificate, 'utf8')}`);
      return { key, certificate, both };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
