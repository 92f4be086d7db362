// docs/reference/sources.md: every source.
import { addressesOf, type Push } from '../../services/collector/push.ts';
import { SOURCES } from '../../services/collector/sources/index.ts';
import { page, table } from './markdown.ts';

export function sourcesPage(): string {
  const rows = SOURCES.map(({ id, title, body, push, reference }) => [
    `\`${id}\``,
    title,
    body,
    push ? receivedAt(push) : '',
    push ? provenBy(push) : '',
    reference,
  ]);
  return page(
    'Sources',
    'What `replay --source` takes. What is received live has the address where it is, unless the setting `path` says otherwise, and the header in which its sender proves itself with the secret.',
    [table(['name', 'what it is', 'form', 'received at', 'proven in', 'described at'], rows)],
  );
}

function receivedAt(push: Push): string {
  return addressesOf(push.path, push)
    .map(({ path }) => `\`${path}\``)
    .join(' and ');
}

function provenBy({ proof }: Push): string {
  return proof.headers.map((header) => `\`${header}\``).join(' or ');
}
