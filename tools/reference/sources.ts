// docs/reference/sources.md: every source.
import { SOURCES } from '../../services/collector/sources/index.ts';
import { page, table } from './markdown.ts';

export function sourcesPage(): string {
  const rows = SOURCES.map(({ id, title, body, reference }) => [`\`${id}\``, title, body, reference]);
  return page('Sources', 'What `replay --source` takes, and what a collector can receive.', [
    table(['name', 'what it is', 'form', 'described at'], rows),
  ]);
}
