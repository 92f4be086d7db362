// What starts a workflow: `on` as text, list or map
// (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#on).
import type { Trigger } from '../../../core/definition.ts';
import { entries, items, text, texts, type YamlNode } from '../yaml/node.ts';

const FILTERS = ['branches', 'branches-ignore', 'tags', 'tags-ignore', 'paths', 'paths-ignore', 'types', 'workflows'];

export function triggersOf(on: YamlNode | undefined): readonly Trigger[] {
  if (on?.kind !== 'map') return texts(on).map(({ text: event, line }) => ({ event, filters: [], line }));
  return [...on.entries].map(([event, node]) => ({ event, filters: filtersOf(event, node), line: node.line }));
}

function filtersOf(event: string, node: YamlNode): readonly string[] {
  if (event === 'schedule') {
    return items(node)
      .map((entry) => `cron: ${text(entry, 'cron') ?? ''}`)
      .sort();
  }
  const filters = FILTERS.flatMap((filter) => texts(node, filter).map(({ text: value }) => `${filter}: ${value}`));
  const inputs = [...entries(node, 'inputs').keys()].map((name) => `input: ${name}`);
  return [...filters, ...inputs].sort();
}
