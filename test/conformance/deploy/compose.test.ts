// docker-compose.yml and the Dockerfile: what they name exists, and nothing in them is a secret or runs as root.
import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { SERVICES } from '../../../services/cli/services.ts';
import { CONFIGURATIONS, read, references, root } from './files.ts';

const Service = z.looseObject({
  image: z.string(),
  user: z.string(),
  command: z.array(z.string()).optional(),
  profiles: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  volumes: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  healthcheck: z.looseObject({}),
  pids_limit: z.int(),
  depends_on: z.record(z.string(), z.looseObject({})).default({}),
  networks: z.array(z.string()),
});
const Compose = z.looseObject({
  services: z.record(z.string(), Service),
  volumes: z.record(z.string(), z.unknown()),
  networks: z.record(z.string(), z.unknown()),
});

describe('docker-compose.yml', () => {
  const text = read('docker-compose.yml');
  const compose = Compose.parse(parse(text, { merge: true }));
  const services = Object.entries(compose.services);
  const ours = services.filter(([, { image }]) => image.startsWith('pipewarden:'));

  test('has one container a service, and one for all of them in a profile', () => {
    const started = ours.filter(([name]) => name !== 'elasticsearch-setup');
    const scaled = started.filter(([, { profiles }]) => profiles === undefined);
    expect(scaled.map(([name, { command }]) => [name, command?.join(' ')])).toEqual(
      SERVICES.map((service) => [service, `start ${service}`]),
    );
    const others = started.filter(([, { profiles }]) => profiles !== undefined);
    expect(others.map(([name, { command, profiles }]) => [name, command, profiles])).toEqual([
      ['pipewarden', ['start'], ['one-process']],
    ]);
  });

  test('every variable has to be given, and every password is a variable', () => {
    const used = [...text.matchAll(/(?<!\$)\$\{([^}]*)\}/g)].map(([, inner = '']) => inner);
    expect(used.length).toBeGreaterThan(5);
    expect(used.filter((inner) => !/^[A-Z_]+:\?./.test(inner))).toEqual([]);
    const literal = services.flatMap(([name, { environment }]) =>
      Object.entries(environment)
        .filter(([key, value]) => /PASSWORD|SECRET|_KEY$/.test(key) && !value.startsWith('${'))
        .map(([key]) => `${name}.${key}`),
    );
    expect(literal).toEqual([]);
  });

  test('deploy/prepare.sh makes every variable and certificate that is asked for, once, and for nobody else', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pipewarden-prepare-'));
    const run = () => spawnSync(join(root, 'deploy/prepare.sh'), { cwd: folder, encoding: 'utf8' });
    try {
      expect(run()).toMatchObject({ status: 0, stderr: '' });
      const made = readFileSync(join(folder, '.env'), 'utf8');
      const names = made.split('\n').flatMap((line) => /^(\w+)=.{32,}$/.exec(line)?.[1] ?? []);
      const asked = new Set([...text.matchAll(/(?<!\$)\$\{([A-Z_]+):\?/g)].map(([, name = '']) => name));
      expect(names.toSorted()).toEqual([...asked].sort());
      const files = new Set([...text.matchAll(/\.\/(certificates\/[\w.]+):/g)].map(([, file = '']) => file));
      expect(files.size).toBe(3);
      for (const file of files) expect(existsSync(join(folder, file)), file).toBe(true);
      const pem = (name: string) => new X509Certificate(readFileSync(join(folder, 'certificates', name)));
      expect(pem('elasticsearch.pem').verify(pem('ca.pem').publicKey)).toBe(true);
      for (const host of ['elasticsearch', 'localhost']) expect(pem('elasticsearch.pem').checkHost(host)).toBe(host);
      for (const path of ['.env', 'certificates']) expect(statSync(join(folder, path)).mode & 0o077, path).toBe(0);
      expect(run().status).toBe(0);
      expect(readFileSync(join(folder, '.env'), 'utf8')).toBe(made);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('every container has a pinned image, a user, limits, a health check, and no more rights than it needs', () => {
    for (const [name, service] of services) {
      expect(service.image, name).toMatch(/:\d+\.\d+\.\d+(-[a-z]+)?$/);
      expect(service.user, name).toMatch(/^[1-9]\d*:\d+$/);
      expect(service, name).toMatchObject({
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        deploy: { resources: { limits: { cpus: expect.any(String), memory: expect.any(String) } } },
        ...(name === 'elasticsearch' ? {} : { read_only: true }),
      });
      for (const port of service.ports) expect(port, name).toMatch(/^127\.0\.0\.1:(\d+):\1$/);
      for (const network of service.networks) expect(compose.networks, name).toHaveProperty(network);
      for (const other of Object.keys(service.depends_on)) expect(compose.services, name).toHaveProperty(other);
    }
  });

  test('what is mounted exists, and every process has a data folder of its own', () => {
    const sources = services.flatMap(([, { volumes }]) => volumes.map((volume) => volume.split(':')[0] ?? ''));
    for (const source of sources) {
      // Made by deploy/prepare.sh, see below.
      if (source.startsWith('./certificates/')) continue;
      if (source.startsWith('./')) expect(existsSync(join(root, source)), source).toBe(true);
      else expect(compose.volumes).toHaveProperty(source);
    }
    const data = ours.flatMap(([, { volumes }]) => volumes.filter((volume) => volume.endsWith(':/data')));
    expect(new Set(data).size).toBe(SERVICES.length + 1);
  });

  test('what the configurations refer to is given to whoever needs it', () => {
    for (const [name, { environment, volumes }] of ours) {
      const [file] = volumes.flatMap(
        (volume) => /^\.\/(deploy\/[\w-]+\.yaml):(.+):ro$/.exec(volume)?.slice(1, 2) ?? [],
      );
      if (file === undefined) continue;
      expect(environment.PIPEWARDEN_CONFIG, name).toBe('/etc/pipewarden/pipewarden.yaml');
      const configuration = read(file).replaceAll(/^ *#.*$/gm, '');
      // Deliveries are checked where they are received.
      const receives = name === 'collector' || name === 'pipewarden';
      const needed = references(configuration, 'env').filter((one) => receives || one !== 'GITHUB_WEBHOOK_SECRET');
      expect(Object.keys(environment), name).toEqual(expect.arrayContaining(needed));
      const mounts = volumes.map((volume) => volume.split(':')[1] ?? '');
      for (const [, path = ''] of configuration.matchAll(/ca: (\S+)/g)) expect(mounts, name).toContain(path);
      for (const path of references(configuration, 'file')) expect(mounts, name).toContain(dirname(path));
    }
  });

  test('variables of Pipewarden are those that it reads', () => {
    const code = ['services/cli/common.ts', ...CONFIGURATIONS].map(read).join('\n');
    const names = ours
      .flatMap(([, { environment }]) => Object.keys(environment))
      .filter((one) => one.startsWith('PIPEWARDEN_'));
    for (const name of names) expect(code).toContain(name);
    const setup = read('deploy/elasticsearch/setup.ts');
    for (const name of Object.keys(compose.services['elasticsearch-setup']?.environment ?? {})) {
      // Node.js itself reads that one.
      if (name !== 'NODE_EXTRA_CA_CERTS') expect(setup).toContain(name);
    }
  });
});

test('the Dockerfile copies what there is, runs what the package runs, and not as root', () => {
  const lines = read('Dockerfile').split('\n');
  const copied = lines.flatMap((line) => /^COPY (?!--from)(.+) \S+$/.exec(line)?.[1]?.split(' ') ?? []);
  expect(copied.length).toBeGreaterThan(8);
  const allowed = read('.dockerignore')
    .split('\n')
    .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
  for (const path of copied) {
    expect(existsSync(join(root, path)), path).toBe(true);
    expect(
      allowed.some((one) => path === one || path.startsWith(`${one}/`)),
      path,
    ).toBe(true);
  }
  const { bin, version, devDependencies } = z
    .object({
      bin: z.object({ pipewarden: z.string() }),
      version: z.string(),
      devDependencies: z.record(z.string(), z.string()),
    })
    .parse(JSON.parse(read('package.json')));
  expect(lines).toContain(`ENTRYPOINT ["node", "/app/${bin.pipewarden}"]`);
  expect(lines).toContain('USER 1000:1000');
  expect(lines).toContain(`ARG NODE=node:${devDependencies.node}-slim`);
  expect(read('docker-compose.yml')).toContain(`image: pipewarden:${version}`);
  expect(read('deploy/kubernetes/kustomization.yaml')).toContain(`newTag: ${version}`);
});
