// Pipewarden as one process on SQLite, its data folder on a small disk of its own.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createMachine } from '../../helpers/command.ts';
import { startHookReceiver } from '../../helpers/hook-receiver.ts';
import { withKept } from '../../helpers/kept.ts';
import { startGithub } from '../../playbooks/github-server.ts';
import { freePorts } from '../free-ports.ts';
import { type Disk, makeDisk } from './disk.ts';
import { supervise } from './processes.ts';
import { configurationOf, ENV, everything, HOOK_SECRET, logReader, type Site } from './site.ts';

export interface EmbeddedSite extends Site {
  readonly disk: Disk;
}

const MEBIBYTES = 96;
/** Nothing new for so long: the pauses between tries are shorter. */
const QUIET_MS = 4_000;

export async function openEmbeddedSite(): Promise<EmbeddedSite> {
  const disk = makeDisk(MEBIBYTES);
  const machine = createMachine();
  const github = await startGithub();
  const hooks = await startHookReceiver(HOOK_SECRET, 0);
  const [port = 0] = await freePorts(1);
  const config = machine.path('pipewarden.yaml');
  const data = join(disk.folder, 'data');
  writeFileSync(config, JSON.stringify({ ...configurationOf(github, hooks), collector: { port } }));
  const only = supervise({ machine, name: 'pipewarden', services: [], config, data, env: ENV });
  await only.up();
  const logged = () => withKept(data, ({ log }) => logReader(log)());
  return {
    disk,
    receivers: [`http://127.0.0.1:${port}/hooks/github`],
    github,
    hooks,
    processes: [only],
    logged,
    stored: () => withKept(data, ({ store }) => everything(store)),
    async caughtUp() {
      const size = async () => JSON.stringify([await logged(), github.requests.length, hooks.hooks.length]).length;
      for (let before = -1, now = await size(); before !== now; [before, now] = [now, await size()])
        await sleep(QUIET_MS);
    },
    async close() {
      await only.stop();
      await machine.remove();
      await hooks.close();
      await github.close();
      disk.remove();
    },
  };
}
