// Somebody tries Pipewarden on an empty machine: one command, no configuration.
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMachine, type Running } from '../helpers/command.ts';

const machine = createMachine();
const folder = machine.path('home', 'data', 'pipewarden', 'sample');
let running: Running;
let login: URL;

beforeAll(async () => {
  running = machine.start(['start', '--port', '0']);
  const [, link = ''] = await running.says(/Console +(\S+)/);
  login = new URL(link);
  await running.says(/Ctrl-C stops/);
}, 120_000);
afterAll(() => machine.remove());

describe('start without a configuration', () => {
  test('says that all of it is sample data, shows the incident and what to do next', () => {
    const said = running.out();
    expect(said).toContain(`${folder}  (sample data`);
    expect(said).toContain('dry run');
    expect(said).toMatch(/CRITICAL +.*: lumen-works\/storefront/);
    expect(said).toContain('pipewarden replay --source git PATH');
    expect(said).not.toContain('\u001B');
  });

  test('the link opens the console once, and the pages show the incident with the author’s week', async () => {
    expect((await fetch(login.origin)).status).toBe(401);
    const entry = await fetch(login, { redirect: 'manual' });
    expect(entry.status).toBe(303);
    const cookie = entry.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect((await fetch(login, { redirect: 'manual' })).status).toBe(401);

    const page = async (path: string) => {
      const answer = await fetch(new URL(path, login.origin), { headers: { cookie } });
      expect(answer.status).toBe(200);
      return await answer.text();
    };
    const list = await page('/');
    expect(list).toMatch(/sample/i);
    const [, path = ''] = /href="(\/incidents\/[0-9a-f]+)"/.exec(list) ?? [];
    const incident = await page(path);
    expect(incident).toContain('drop.sandbin.example');
    expect(incident).toContain('class="chart week"');
    expect(incident).toContain('disable-workflow');
  });

  test('health and metrics need no login', async () => {
    expect((await fetch(new URL('/-/ready', login))).status).toBe(200);
    const metrics = await (await fetch(new URL('/metrics', login))).text();
    expect(metrics).toMatch(/^pipewarden_redactions_total\{kind="github[\w-]*"\} [1-9]/m);
    expect(metrics).toMatch(/^pipewarden_findings_total\{.*\} [1-9]/m);
  });

  test('a second one on the same folder is refused and names the first', async () => {
    const second = await machine.run(['start', '--port', '0']);
    expect(second).toMatchObject({ code: 2, out: '' });
    expect(second.err).toContain(`is in use by process ${running.pid}`);
    expect(second.err).toContain('--data');
  });

  test('a port that is taken ends it with the mend', async () => {
    const taken = new URL(login).port;
    const refused = await machine.run(['start', '--port', taken, '--data', machine.path('other')]);
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toBe(`pipewarden: port ${taken} on 127.0.0.1 is taken: choose another with --port\n`);
    expect((await machine.run(['doctor', '--data', machine.path('other')])).out).toContain('none runs on this data');
  });

  test('the other commands read the folder while it runs', async () => {
    expect((await machine.run(['incidents'])).out).toContain('critical');
    expect((await machine.run(['doctor'])).out).toContain('a Pipewarden runs on this data folder');
  });
});

describe('afterwards', () => {
  test('SIGTERM ends it with 0, and the port is free again', async () => {
    const { code, err } = await running.stop();
    expect(err).toBe('');
    expect(code).toBe(0);
    const server = createServer().listen(Number(login.port), '127.0.0.1');
    await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
    server.close();
  });

  test('what it found stays readable', async () => {
    const incidents = await machine.run(['incidents', '--severity', 'critical']);
    expect(incidents).toMatchObject({ code: 0, err: '' });
    expect(incidents.out.match(/critical/g)).toHaveLength(1);

    const findings = (await machine.json(['findings', '--json', '--detector', 'off-hours-commit'])) as {
      readonly id: string;
      readonly sample?: boolean;
    }[];
    const [finding] = findings;
    expect(finding?.sample).toBe(true);
    const explained = await machine.run(['explain', finding?.id.slice(0, 8) ?? '']);
    expect(explained.code).toBe(0);
    for (const part of ['◆ this one', 'Mon │', 'What to do next', 'Incident ']) expect(explained.out).toContain(part);
  });

  test('the audit trail is whole and the doctor finds nothing', async () => {
    const audit = await machine.run(['audit', 'verify']);
    expect(audit).toMatchObject({ code: 0, err: '' });
    expect(audit.out).toMatch(/^✓ [1-9]\d* entries, whole; head [0-9a-f]{64}\n$/);
    const [checks = []] = (await machine.json(['doctor', '--json'])) as [
      { readonly name: string; readonly ok: boolean }[],
    ];
    // Another program may have the default port.
    expect(checks.filter(({ name, ok }) => !ok && name !== 'console port')).toEqual([]);
  });

  test('a verdict given while it is stopped is taken up by the next start, which replays nothing again', async () => {
    const [incident] = (await machine.json(['incidents', '--json', '--severity', 'critical'])) as [
      { readonly id: string },
    ];
    const before = await machine.json(['findings', '--json', '--limit', '1000']);
    const reason = ['--verdict', 'malicious', '--reason', 'the exercise'];
    expect((await machine.run(['incidents', 'close', incident.id.slice(0, 8), ...reason])).code).toBe(0);

    const again = machine.start(['start', '--port', '0']);
    await again.says(/has been replayed before/);
    expect((await again.stop()).code).toBe(0);
    expect(await machine.json(['incidents', 'show', incident.id, '--json'])).toMatchObject([
      { status: 'closed', verdict: { verdict: 'malicious', reason: 'the exercise' } },
    ]);
    const unlinked = (finding: unknown) => ({ ...(finding as object), incident: null });
    expect((await machine.json(['findings', '--json', '--limit', '1000'])).map(unlinked)).toEqual(before.map(unlinked));
    expect((await machine.run(['audit', 'verify'])).code).toBe(0);
  });
});

describe('what was learned', () => {
  const NAME = 'new-credential-context/credential:';
  interface Profile {
    readonly name: string;
    readonly changed: number;
  }
  const profiles = async (text = NAME) => (await machine.json(['baseline', 'show', text, '--json'])) as Profile[];
  async function settled(): Promise<void> {
    const again = machine.start(['start', '--port', '0']);
    await again.says(/has been replayed before/);
    expect((await again.stop()).code).toBe(0);
  }

  test('is listed, and one of it shown in full', async () => {
    const all = await machine.run(['baseline', 'show']);
    expect(all.out).toMatch(/^PROFILE +CHANGED/);
    const [first] = (await profiles()).toSorted((a, b) => b.changed - a.changed);
    const shown = await machine.run(['baseline', 'show', first?.name ?? '']);
    expect(shown.out).toContain(`changed ${first?.changed} times`);
    expect((await machine.run(['baseline', 'diff', first?.name ?? '', '--to', '2026-03-20T00:00:00Z'])).out).toMatch(
      /^ {2}[+~-] /m,
    );
  });

  test('is taken out, forgotten, and put back', async () => {
    const [first] = await profiles();
    const name = first?.name ?? '';
    const file = machine.path('profiles.ndjson');
    writeFileSync(file, (await machine.run(['baseline', 'export', name])).out);
    expect((await machine.run(['baseline', 'forget', name, '--reason', 'the exercise'])).code).toBe(0);
    await settled();
    expect((await profiles(name)).map((each) => each.name)).not.toContain(name);
    expect((await machine.run(['baseline', 'import', file, '--reason', 'the exercise'])).code).toBe(0);
    await settled();
    expect(await profiles(name)).toContainEqual(expect.objectContaining({ name, changed: first?.changed }));
    expect((await machine.run(['audit', 'verify'])).code).toBe(0);
  });

  test('is put back to what it was before a time', async () => {
    const [first] = (await profiles()).toSorted((a, b) => b.changed - a.changed);
    const back = ['--to', '2026-03-20T00:00:00Z', '--reason', 'the exercise'];
    const { code, err } = await machine.run(['baseline', 'rollback', first?.name ?? '', ...back]);
    expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(/^Back to what it was at 2026-03-1/) });
    await settled();
    const [now] = await profiles(first?.name);
    expect(now?.changed).toBeLessThan(first?.changed ?? 0);
  });

  test('what cannot be is wrong use', async () => {
    const nobody = await machine.run(['baseline', 'forget', 'nobody', '--reason', 'x']);
    expect(nobody).toMatchObject({ code: 2, out: '' });
    const several = await machine.run(['baseline', 'diff', NAME, '--to', '2026-03-20T00:00:00Z']);
    expect(several).toMatchObject({ code: 2, out: '' });
    expect(several.err).toContain('name one');
    const garbage = machine.path('garbage.ndjson');
    writeFileSync(garbage, '{"name":"x/y","partition":0,"text":"5 1"}\n');
    const refused = await machine.run(['baseline', 'import', garbage, '--reason', 'x']);
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toContain(`${garbage}:1`);
  });
});

test('stopped in the middle of the replay, it ends with 0 and later goes on from there', async () => {
  const other = machine.path('interrupted');
  const first = machine.start(['start', '--port', '0', '--data', other]);
  await first.says(/Mode/);
  expect(await first.stop()).toMatchObject({ code: 0, err: '' });
  const second = machine.start(['start', '--port', '0', '--data', other]);
  await second.says(/Replayed thirty days/);
  await second.says(/Ctrl-C stops/);
  expect((await second.stop()).code).toBe(0);
  expect(await machine.json(['findings', '--json', '--data', other])).toHaveLength(
    (await machine.json(['findings', '--json'])).length,
  );
});
