// CircleCI workflows: what starts them, which contexts their jobs get, what holds them back
// (https://circleci.com/docs/reference/configuration-reference/#workflows).
import type { Draft } from '../draft.ts';
import { allTexts, at, entries, items, text, texts, type YamlNode } from '../yaml/node.ts';
import { readSteps } from './steps.ts';

const DETAIL_LIMIT = 300;

export function readWorkflows(draft: Draft, workflows: YamlNode | undefined): void {
  for (const [name, workflow] of entries(workflows)) {
    if (workflow.kind === 'map') readWorkflow(draft, name, workflow);
  }
}

function readWorkflow(draft: Draft, name: string, workflow: YamlNode): void {
  for (const trigger of items(workflow, 'triggers')) {
    const schedule = at(trigger, 'schedule');
    const cron = text(schedule, 'cron');
    if (!schedule) continue;
    const filters = [...(cron === undefined ? [] : [`cron: ${cron}`]), ...filtersOf(schedule)].sort();
    draft.triggers.push({ event: 'schedule', filters, line: schedule.line });
  }
  for (const key of ['when', 'unless']) {
    const condition = at(workflow, key);
    if (!condition) continue;
    const words = allTexts(condition).map((word) => word.text);
    const detail = `${key} ${words.join(' ')}`.slice(0, DETAIL_LIMIT);
    draft.gates.push({ job: name, kind: 'condition', line: condition.line, detail });
    const source = words.some((word) => word.includes('pipeline.trigger_source'));
    const event = words.find((word) => /^\w+$/.test(word));
    if (source && event && key === 'when') draft.triggers.push({ event, filters: [], line: condition.line });
  }
  readJobs(draft, items(workflow, 'jobs'));
}

interface Placed {
  readonly name: string;
  readonly settings: YamlNode;
}

function readJobs(draft: Draft, nodes: readonly YamlNode[]): void {
  const jobs = nodes.flatMap((node): readonly Placed[] =>
    node.kind === 'map'
      ? [...node.entries].map(([name, settings]) => ({ name: text(settings, 'name') ?? name, settings }))
      : [],
  );
  const approvals = new Set(
    jobs.filter(({ settings }) => text(settings, 'type') === 'approval').map(({ name }) => name),
  );
  for (const job of jobs) readJob(draft, job, approvals);
}

function readJob(draft: Draft, { name, settings }: Placed, approvals: ReadonlySet<string>): void {
  const { line } = settings;
  for (const context of texts(settings, 'context')) {
    draft.secrets.push({ job: name, line: context.line, name: context.text, via: 'context' });
  }
  for (const { text: before } of texts(settings, 'requires')) {
    if (approvals.has(before)) draft.gates.push({ job: name, kind: 'approval', detail: before, line });
  }
  if (approvals.has(name)) draft.gates.push({ job: name, kind: 'approval', line });
  const filters = filtersOf(settings);
  if (filters.length > 0) draft.gates.push({ job: name, kind: 'condition', detail: filters.join('; '), line });
  for (const key of ['pre-steps', 'post-steps']) readSteps(draft, at(settings, key), { job: name, shell: undefined });
}

/** `branches only: main` … sorted. A filter may also be one expression. */
function filtersOf(node: YamlNode): readonly string[] {
  const whole = text(node, 'filters');
  if (whole !== undefined) return [whole.slice(0, DETAIL_LIMIT)];
  return ['branches', 'tags']
    .flatMap((kind) =>
      ['only', 'ignore'].flatMap((rule) =>
        texts(node, 'filters', kind, rule).map(({ text: value }) => `${kind} ${rule}: ${value}`),
      ),
    )
    .sort();
}
