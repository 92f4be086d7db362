// What must be true of a round once all is quiet: nothing lost, nothing twice, one effect per action, the chain whole.
import { isDeepStrictEqual } from 'node:util';
import type { Finding } from '../../../services/core/finding.ts';
import type { Incident } from '../../../services/core/incident.ts';
import { verifyChain } from '../../../services/responder/audit-verify.ts';
import type { Outcome } from '../scale-out.ts';
import type { Kept, Logged, Seen } from './site.ts';
import { RUN, type Story } from './story.ts';

export interface Expected {
  readonly story: Story;
  /** What the analyzer makes of the story in one thread, undisturbed. */
  readonly truth: Outcome;
}

/** What is not there yet. Empty: nothing was lost. */
export async function missing(site: Seen, { story, truth }: Expected): Promise<readonly string[]> {
  const logged = await site.logged();
  const known = new Set(logged.activities);
  const lost = truth.activities.filter((id) => !known.has(id)).map((id) => `activity ${id} is not in the log`);
  const found = deedsOf(logged.findings);
  const unfound = [...deedsOf(truth.findings)].filter((deed) => !found.has(deed)).map((deed) => `not found: ${deed}`);
  const done = new Set(site.github.effects);
  const undone = story.effects.filter((effect) => !done.has(effect)).map((effect) => `not done: ${effect}`);
  const early = [...lost, ...unfound, ...undone];
  // The rest takes long to look at, and cannot be whole yet.
  return early.length > 0 ? early : [...notKept(logged, await site.stored(), story), ...untold(logged, site)];
}

/** What is left to do without a person. */
const OPEN: ReadonlySet<string> = new Set(['pending', 'executed']);

function notKept(logged: Logged, kept: Kept, { repositories }: Story): readonly string[] {
  const findings = new Set(kept.findings);
  const revisions = new Map(kept.incidents.map(({ id, revision }) => [id, revision]));
  const chained = new Set(logged.audit.map(({ entry }) => entry.id));
  const contained = new Set(
    kept.runs
      .filter(({ steps, unexported }) => unexported === 0 && !steps.some(({ status }) => OPEN.has(status)))
      .flatMap(({ steps }) => steps.flatMap(({ target }) => target.repository ?? [])),
  );
  return [
    ...logged.findings.filter(({ id }) => !findings.has(id)).map(({ id }) => `finding ${id} is not in the store`),
    ...newest(logged.incidents)
      .filter(({ id, revision }) => revisions.get(id) !== revision)
      .map(({ id, revision }) => `incident ${id} is in the store as ${revisions.get(id)} instead of ${revision}`),
    ...repositories.filter((name) => !contained.has(name)).map((name) => `the containment of ${name} is not done`),
    ...kept.runs.filter(({ unexported }) => unexported > 0).map(({ id }) => `run ${id} has decisions to export`),
    ...kept.runs
      .flatMap(({ audit }) => audit.filter(({ id }) => !chained.has(id)))
      .map(({ id, action }) => `decision ${id} (${action}) is not in the chain`),
    ...logged.decisions.filter(({ id }) => !chained.has(id)).map(({ id }) => `decision ${id} was not chained`),
    ...(kept.audit.length === logged.audit.length
      ? []
      : [`the store has ${kept.audit.length} of ${logged.audit.length} audit entries`]),
  ];
}

function untold({ incidents }: Logged, { hooks }: Seen): readonly string[] {
  const told = new Set(hooks.hooks.map(({ body }) => incidentTold(body)));
  return newest(incidents)
    .filter(({ id, revision }) => !told.has(`${id} ${revision}`))
    .map(({ id, revision }) => `the receiver was not told of incident ${id}, revision ${revision}`);
}

/** What must never be. Empty: nothing is there twice, nothing was done that nobody asked for, the chain is whole. */
export async function wrong(site: Seen, { story }: Expected): Promise<readonly string[]> {
  const logged = await site.logged();
  const kept = await site.stored();
  const chain = await verifyChain(iterable(logged.audit));
  const effects = site.github.effects.filter(
    (effect) =>
      story.repositories.some((name) => effect.includes(`${name}/`)) ||
      story.runners.some((runner) => effect.includes(`${runner} `)),
  );
  const stored = kept.audit.toSorted((one, other) => one.number - other.number);
  return [
    ...repeated(logged.findings.map(({ id }) => id)).map((id) => `finding ${id} was raised twice`),
    ...repeated(logged.incidents.map(({ id, revision }) => `${id}, revision ${revision},`)).map(
      (state) => `incident ${state} was told twice`,
    ),
    ...repeated(logged.audit.map(({ entry }) => entry.id)).map((id) => `decision ${id} is in the chain twice`),
    ...(isDeepStrictEqual(effects.toSorted(), story.effects.toSorted()) ? [] : [`effects were ${effects.join(', ')}`]),
    ...(site.github.rulesets.length === 0 ? [] : ['a branch was frozen without an approval']),
    ...(chain.ok ? [] : [`the chain is broken: ${chain.problem}`]),
    ...(isDeepStrictEqual(stored, logged.audit) ? [] : ['the store has other audit entries than the log']),
    ...logged.deadLetters.map((letter) => `given up: ${JSON.stringify(letter).slice(0, 300)}`),
    ...kept.runs
      .filter(({ status }) => status === 'failed')
      .map(({ steps }) => `a run failed: ${steps.map(({ problem }) => problem).join()}`),
  ];
}

/** What is allowed and counted. */
export interface Counted {
  /** Requests that change something at GitHub, sent again: the actions say that they are idempotent. */
  readonly requests: number;
  /** Webhooks that the receiver was sent again, under the same id. */
  readonly hooks: number;
}

export function countedAgain(site: Seen, { repositories }: Story): Counted {
  const changing = site.github.requests.filter(
    (line) => !line.startsWith('GET ') && repositories.some((name) => line.includes(`/${name}/`)),
  );
  const ids = site.hooks.hooks
    .filter(({ status }) => status < 300)
    .filter(({ body }) => repositories.some((name) => JSON.stringify(body).includes(`${name}/${RUN}`)))
    .map(({ id }) => id);
  return { requests: changing.length - new Set(changing).size, hooks: ids.length - new Set(ids).size };
}

function incidentTold(body: unknown): string {
  const { data }: { data?: Partial<Incident> } = typeof body === 'object' && body ? body : {};
  return `${data?.id} ${data?.revision}`;
}

/** Which activity of a deed a finding names depends on which came first. */
function deedsOf(findings: readonly Finding[]): Set<string> {
  return new Set(
    findings.map(({ detector, severity, entity }) => `${detector} (${severity}) of ${entity.type} ${entity.id}`),
  );
}

function newest(incidents: readonly Incident[]): readonly Incident[] {
  return [...new Map(incidents.map((incident) => [incident.id, incident])).values()];
}

function repeated(ids: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return ids.filter((id) => seen.size === seen.add(id).size);
}

async function* iterable<Value>(values: readonly Value[]): AsyncGenerator<Value> {
  yield* values;
}
