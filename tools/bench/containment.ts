// From the delivery that makes a finding to what contains it: the command with all its services on the embedded stores, in mode
// act, at a GitHub that remembers what was done to it. People push all the while, and attacks are spread over the time.
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { isObject } from '../../services/core/json.ts';
import { delivery } from '../../test/collector/deliveries.ts';
import { createMachine } from '../../test/helpers/command.ts';
import { startHookReceiver } from '../../test/helpers/hook-receiver.ts';
import { withKept } from '../../test/helpers/kept.ts';
import { startGithub } from '../../test/playbooks/github-server.ts';
import { supervise } from '../../test/servers/faults/processes.ts';
import { configurationOf, ENV, everything, HOOK_SECRET, logReader } from '../../test/servers/faults/site.ts';
import { RUN, type Sending, storyOf } from '../../test/servers/faults/story.ts';
import { freePorts } from '../../test/servers/free-ports.ts';
import { table } from '../reference/markdown.ts';
import { quantiles } from './quantiles.ts';

const RATE = 1_000;
/** The compiler has its own work at first: no attack comes then. */
const WARM_SECONDS = 8;
const [SECONDS, ATTACKS] = [40, 100];
/** A push tells of itself and of its commit. */
const ACTIVITIES_OF_PUSH = 2;
const TICK_MS = 20;
const [REPOSITORIES, PEOPLE] = [500, 200];
/** For what is still under way at the end. */
const PATIENCE_MS = 60_000;
/** After this delivery of an attack somebody's change runs on the company's machine and the guard rail is gone. */
const MAKES_FINDING = 'branch_protection_rule';

export async function containmentTable(): Promise<string> {
  const home = createMachine();
  const github = await startGithub();
  const hooks = await startHookReceiver(HOOK_SECRET, 0);
  const [port = 0] = await freePorts(1);
  const config = home.path('pipewarden.yaml');
  const data = home.path('kept');
  writeFileSync(config, JSON.stringify({ ...configurationOf(github, hooks), collector: { port } }));
  const pipewarden = supervise({ machine: home, name: 'pipewarden', services: [], config, data, env: ENV });
  try {
    await pipewarden.up();
    const url = `http://127.0.0.1:${port}/hooks/github`;
    /** When GitHub was changed, by what was done. */
    const done = new Map<string, number>();
    github.after = () => {
      for (const effect of github.effects.slice(done.size)) done.set(effect, Date.now());
      return undefined;
    };
    const story = storyOf('bench', ATTACKS, Date.now());
    for (const repository of story.repositories) {
      github.runs.set(`${repository}/${RUN}`, { status: 'in_progress', conclusion: null });
      github.workflows.set(`${repository}/ci.yml`, 'active');
    }
    for (const runner of story.runners) github.runners.set(runner, ['linux']);
    const load = (loadavg()[0] ?? 0).toFixed(1);
    /** When the delivery that makes the finding was sent, by repository. */
    const sent = new Map<string, number>();
    let [answered, late] = [0, 0];
    const send = async ({ request }: Pick<Sending, 'request'>) => {
      const response = await fetch(url, request);
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`a delivery was answered ${response.status}`);
      answered += 1;
    };
    const begun = performance.now();
    const sending = new Set<Promise<void>>();
    const follow = (work: Promise<void>) => {
      sending.add(work);
      void work.then(() => sending.delete(work));
    };
    let [owed, number, next] = [0, 0, 0];
    const ticks = ((WARM_SECONDS + SECONDS) * 1000) / TICK_MS;
    for (let tick = 0; tick < ticks; tick++) {
      const wait = begun + tick * TICK_MS - performance.now();
      if (wait > 0) await sleep(wait);
      late = Math.max(late, -wait);
      for (owed += (RATE * TICK_MS) / 1000 / ACTIVITIES_OF_PUSH; owed >= 1; owed--) follow(send(push(number++)));
      const part = (tick * TICK_MS - WARM_SECONDS * 1000) / (SECONDS * 1000);
      for (; next < part * story.sendings.length; next++) {
        const one = story.sendings[next];
        if (!one) break;
        if (one.event === MAKES_FINDING) sent.set(repositoryOf(one), Date.now());
        follow(send(one));
      }
    }
    await Promise.all(sending);
    const took = (performance.now() - begun) / 1000;
    const deadline = Date.now() + PATIENCE_MS;
    while (!story.effects.every((effect) => done.has(effect)) && Date.now() < deadline) await sleep(250);
    const { logged, stored } = await withKept(data, async ({ log, store }) => ({
      logged: await logReader(log)(),
      stored: await everything(store),
    }));
    const rows = story.repositories.map((repository, index) => {
      const at = sent.get(repository);
      const run = stored.runs.find(({ steps }) => steps.some(({ target }) => target.repository === repository));
      const first = (action: string) =>
        logged.decisions.find((entry) => entry.subject === run?.id && entry.action === action)?.time;
      return {
        decided: since(at, instant(first('playbook-run.created'))),
        planned: since(at, instant(first('action.planned'))),
        isolated: since(at, done.get(`labelled ${story.runners[index]} quarantine`)),
        cancelled: since(at, done.get(`cancelled ${repository}/${RUN}`)),
      };
    });
    const said = `${((answered * ACTIVITIES_OF_PUSH) / took).toFixed(0)} activities/s, sender at most ${late.toFixed(0)} ms late`;
    return `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores for the command, the sender and GitHub; load ${load} before, ${(loadavg()[0] ?? 0).toFixed(1)} after. ${said}; ${story.effects.filter((effect) => done.has(effect)).length} of ${story.effects.length} changes made.\n\n${table(
      ['from the delivery to', 'measured'],
      [
        ['run decided (collector, analyzer, correlator, dispatch)', spread(rows.map(({ decided }) => decided))],
        ['first step planned (queue, reads at GitHub)', spread(rows.map(({ planned }) => planned))],
        ['runner set aside: the first change', spread(rows.map(({ isolated }) => isolated))],
        ['run cancelled', spread(rows.map(({ cancelled }) => cancelled))],
      ],
    )}`;
  } finally {
    await pipewarden.stop();
    await home.remove();
    await hooks.close();
    await github.close();
  }
}

function repositoryOf({ body }: Sending): string {
  const { repository } = body;
  return isObject(repository) ? String(repository.full_name) : '';
}

function instant(time: string | undefined): number | undefined {
  return time === undefined ? undefined : Date.parse(time);
}

function since(from: number | undefined, to: number | undefined): number | undefined {
  return from === undefined || to === undefined ? undefined : to - from;
}

function spread(values: readonly (number | undefined)[]): string {
  const known = values.filter((value) => value !== undefined);
  const { p50, p95, p99, most } = quantiles(known);
  return `${known.length}: p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms, at most ${most} ms`;
}

function push(number: number): Pick<Sending, 'request'> {
  const login = `person-${number % PEOPLE}`;
  const signed = { name: login, email: `${login}@acme.example`, username: login };
  const sha = (of: number) => of.toString(16).padStart(40, 'a');
  const commit = {
    id: sha(number + 1),
    message: `Change ${number}`,
    timestamp: new Date().toISOString(),
    author: signed,
    committer: signed,
    added: [],
    removed: [],
    modified: [`src/file-${number % 50}.ts`],
  };
  const body = {
    ref: 'refs/heads/main',
    before: sha(number),
    after: commit.id,
    pusher: { name: login, email: signed.email },
    commits: [commit],
    head_commit: commit,
    repository: { full_name: `acme/repository-${number % REPOSITORIES}`, private: true, default_branch: 'main' },
    organization: { login: 'acme' },
    sender: { login, type: 'User' },
  };
  return { request: delivery('push', body, { 'x-github-delivery': `bench-${number}` }) };
}
