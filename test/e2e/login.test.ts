// Somebody is let in to a console that runs, in their own name, by a command beside it.
import { writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { createMachine } from '../helpers/command.ts';

const machine = createMachine();
afterAll(() => machine.remove());

test('a login link is made for a person while the console runs, and works once', async () => {
  const config = machine.path('pipewarden.yaml');
  writeFileSync(
    config,
    `data: ${machine.path('data')}
console: { port: 0 }
identities: [{ person: mara@acme.example, logins: ['github:mara-l'] }, { person: ann }]
containment: { approvers: ['mara@acme.example'] }
`,
  );
  const running = machine.start(['start', 'console', '--config', config]);
  const [, origin = ''] = await running.says(/(http:\S+)\/login/);
  const linkFor = (name: string) =>
    machine.run(['start', '--login', name, '--port', new URL(origin).port, '--config', config]);

  const { code, out, err } = await linkFor('github:mara-l');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const link = out.trim();
  expect(link.startsWith(`${origin}/login?token=`)).toBe(true);
  expect(await (await fetch(link)).text()).toContain('Log in as <bdi>mara@acme.example</bdi>');
  const entered = await fetch(link, { method: 'POST', redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  expect(await (await fetch(origin, { headers: { cookie } })).text()).toContain('you are <bdi>mara@acme.example</bdi>');
  expect((await fetch(link, { redirect: 'manual' })).status).toBe(401);

  expect((await linkFor('ann')).err).toContain('ann is not among those who may decide');
  expect((await linkFor('two words')).code).toBe(2);
  await running.stop();
});

test('who may decide has to be known', async () => {
  const config = machine.path('wrong.yaml');
  writeFileSync(config, 'containment:\n  approvers: [nobody]\n');
  const { code, err } = await machine.run(['start', '--login', 'ann', '--config', config]);
  expect(code).toBe(2);
  expect(err).toContain('wrong.yaml:2:15: containment.approvers.0: nobody is no person of identities');
});
