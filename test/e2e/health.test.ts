// A process that runs some of the services tells machines how it is, on a port of its own.
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { createMachine } from '../helpers/command.ts';

const machine = createMachine();
afterAll(() => machine.remove());

test('an analyzer alone answers probes and gives its metrics', async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  const port = typeof address === 'object' ? address?.port : 0;
  probe.close();
  await once(probe, 'close');
  const config = machine.path('pipewarden.yaml');
  writeFileSync(config, `data: ${machine.path('data')}\nhealth: { port: ${port} }\n`);
  const analyzer = machine.start(['start', 'analyzer', '--config', config]);
  await analyzer.says(/Mode/);
  const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  expect(await (await get('/-/healthy')).text()).toBe('Pipewarden is healthy.\n');
  const ready = await get('/-/ready');
  expect(ready.status).toBe(200);
  expect(await ready.json()).toMatchObject({ ready: true, parts: [{ name: 'analyzer', ok: true }] });
  expect(await (await get('/metrics')).text()).toContain('pipewarden_findings_total');
  expect((await get('/')).status).toBe(404);
  expect((await analyzer.stop()).code).toBe(0);
});
