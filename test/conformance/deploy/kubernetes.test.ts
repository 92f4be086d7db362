// deploy/kubernetes: services, ports, probes and secrets that it names exist, and no pod has rights.
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { SERVICES } from '../../../services/cli/services.ts';
import { isObject } from '../../../services/core/json.ts';
import { read, references, root } from './files.ts';

const commands: readonly string[] = SERVICES.map((service) => `start ${service}`);

describe('deploy/kubernetes', () => {
  const folder = 'deploy/kubernetes';
  const files = readdirSync(join(root, folder));
  const resources = files.filter((file) => file !== 'kustomization.yaml' && file !== 'pipewarden.yaml');
  const objects = resources.flatMap((file) =>
    parseAllDocuments(read(join(folder, file))).map((document) => {
      const object: unknown = document.toJS();
      if (!isObject(object)) throw new Error(`${file} is not made of objects`);
      return object;
    }),
  );
  const ofKind = (kind: string) => objects.filter((object) => object.kind === kind);
  const nameOf = (object: Record<string, unknown>) => (isObject(object.metadata) ? String(object.metadata.name) : '');

  test('lists every file of the folder', () => {
    const kustomization = z
      .looseObject({
        resources: z.array(z.string()),
        configMapGenerator: z.array(z.looseObject({ files: z.array(z.string()) })),
      })
      .parse(parse(read(join(folder, 'kustomization.yaml'))));
    expect(kustomization.resources.toSorted()).toEqual(resources.toSorted());
    expect(kustomization.configMapGenerator.flatMap((one) => one.files)).toEqual(['pipewarden.yaml']);
  });

  test('refers to secrets and holds none', () => {
    expect(ofKind('Secret')).toEqual([]);
    for (const path of references(read(join(folder, 'pipewarden.yaml')), 'file')) {
      expect(dirname(path)).toBe('/run/secrets/pipewarden');
    }
  });

  test('deploys each service once, with probes, limits and no rights', () => {
    const deployments = ofKind('Deployment');
    expect(deployments.map(nameOf).toSorted()).toEqual([...SERVICES].sort());
    for (const deployment of deployments) {
      const name = nameOf(deployment);
      const labels = { 'app.kubernetes.io/name': name };
      expect(deployment, name).toMatchObject({
        spec: {
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: {
              serviceAccountName: nameOf(ofKind('ServiceAccount')[0] ?? {}),
              automountServiceAccountToken: false,
              securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
              containers: [
                {
                  image: 'pipewarden',
                  ports: expect.arrayContaining([{ name: 'health', containerPort: 7119 }]),
                  startupProbe: { httpGet: { path: '/-/ready', port: 'health' } },
                  readinessProbe: { httpGet: { path: '/-/ready', port: 'health' } },
                  livenessProbe: { httpGet: { path: '/-/healthy', port: 'health' } },
                  resources: { requests: {}, limits: { cpu: expect.any(String), memory: expect.any(String) } },
                  securityContext: {
                    allowPrivilegeEscalation: false,
                    readOnlyRootFilesystem: true,
                    capabilities: { drop: ['ALL'] },
                  },
                },
              ],
            },
          },
        },
      });
      const { args, env, volumeMounts, volumes } = podOf(deployment);
      expect(commands, name).toContain(args.join(' '));
      expect(args[1]).toBe(name);
      expect(env.map((one) => one.name)).toEqual(['PIPEWARDEN_CONFIG', 'PIPEWARDEN_DATA', 'NODE_OPTIONS']);
      expect(volumeMounts.map((one) => one.name).toSorted()).toEqual(volumes.map((one) => one.name).toSorted());
      expect(volumeMounts.map((one) => one.mountPath)).toContain('/run/secrets/pipewarden');
    }
  });

  test('what is replicated has a budget for disruptions that leaves room to move', () => {
    const several = ofKind('Deployment').filter(({ spec }) => isObject(spec) && Number(spec.replicas) > 1);
    expect(ofKind('PodDisruptionBudget').map(nameOf).toSorted()).toEqual(several.map(nameOf).toSorted());
    for (const { spec } of ofKind('PodDisruptionBudget')) expect(spec).toMatchObject({ minAvailable: 1 });
  });

  test('services and policies lead to ports and pods that there are', () => {
    const ports = new Map(ofKind('Deployment').map((one) => [nameOf(one), podOf(one).ports]));
    for (const service of ofKind('Service')) {
      const [{ name, port }] = z
        .object({ spec: z.object({ ports: z.tuple([z.object({ name: z.string(), port: z.number() })]) }) })
        .parse(service).spec.ports;
      expect(ports.get(nameOf(service))).toContainEqual({ name, containerPort: port });
    }
    const text = read(join(folder, 'network-policies.yaml'));
    expect(nameOf(ofKind('NetworkPolicy')[0] ?? {})).toBe('default-deny');
    const named = [...text.matchAll(/app\.kubernetes\.io\/name: (\w+)/g)].map(([, name = '']) => name);
    const known = [...SERVICES, 'kafka', 'redis', 'elasticsearch'];
    expect(named.filter((name) => !known.some((one) => one === name))).toEqual([]);
  });
});

const Pod = z.object({
  args: z.array(z.string()),
  env: z.array(z.object({ name: z.string() })),
  ports: z.array(z.object({ name: z.string(), containerPort: z.number() })),
  volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })),
});

function podOf(deployment: Record<string, unknown>) {
  const { containers, volumes } = z
    .object({
      spec: z.object({
        template: z.object({
          spec: z.object({ containers: z.tuple([Pod]), volumes: z.array(z.object({ name: z.string() })) }),
        }),
      }),
    })
    .parse(deployment).spec.template.spec;
  return { ...containers[0], volumes };
}
