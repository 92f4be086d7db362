// `pipewarden findings`: what detectors raised, from the store.
import { type Command, Option } from 'commander';
import type { Finding, FindingRecord } from '../core/finding.ts';
import type { Incident } from '../core/incident.ts';
import type { DocumentStore } from '../core/ports/document-store.ts';
import { SEVERITIES, type Severity } from '../core/severity.ts';
import { type CommonOptions, limitOf, type Subcommand, settingsOf, subcommand } from './common.ts';
import { findDocument } from './find.ts';
import { withStore } from './ports.ts';
import { renderFinding, shortTime } from './render/finding.ts';
import { table } from './render/table.ts';

interface ListOptions extends CommonOptions {
  readonly severity?: Severity;
  readonly detector?: string;
  readonly limit: number;
}

export const findingsCommand: Subcommand = (io) => {
  const command = subcommand('findings', 'list the findings, show one');
  command
    .command('list', { isDefault: true })
    .description('the newest first')
    .addOption(new Option('--severity <severity>', 'only these').choices(SEVERITIES))
    .option('--detector <id>', 'only of this detector')
    .option('--limit <n>', 'at most so many, up to 1000', limitOf, 50)
    .action(async (_options, self: Command) => {
      const options = self.optsWithGlobals<ListOptions>();
      await withStore(settingsOf(options, io), io.env, async (store) => {
        const { documents, total } = await store.search<FindingRecord>('finding', {
          where: [
            ...(options.severity ? [{ field: 'finding.severity', is: options.severity }] : []),
            ...(options.detector ? [{ field: 'finding.detector', is: options.detector }] : []),
          ],
          sort: { field: 'finding.time', order: 'desc' },
          limit: options.limit,
        });
        const findings = await withIncidents(
          store,
          documents.map(({ body }) => body.finding),
        );
        if (options.json) return io.out(findings.map((finding) => `${JSON.stringify(finding)}\n`).join(''));
        const rows = findings.map(({ id, time, severity, title, repository, entity }) => [
          shortTime(time),
          severity,
          title,
          repository ?? entity.id,
          id,
        ]);
        io.out(table([['TIME (UTC)', 'SEVERITY', 'TITLE', 'WHERE', 'ID'], ...rows]));
        if (total > findings.length) io.err(`${total - findings.length} more\n`);
      });
    });
  command
    .command('show <id>')
    .description('one finding; `explain` draws its evidence')
    .action(async (id: string, _options, self: Command) => {
      const options = self.optsWithGlobals<CommonOptions>();
      await withStore(settingsOf(options, io), io.env, async (store) => {
        const [finding] = await withIncidents(store, [
          (await findDocument<FindingRecord>(store, 'finding', 'finding.id', id)).finding,
        ]);
        if (finding) io.out(options.json ? `${JSON.stringify(finding)}\n` : renderFinding(finding, io));
      });
    });
  return command;
};

/** A finding is written before it is correlated; the incident that lists it is looked up when somebody asks. */
export async function withIncidents(store: DocumentStore, findings: readonly Finding[]): Promise<readonly Finding[]> {
  const of = new Map<string, string>();
  for (let start = 0; start < findings.length; start += 100) {
    const ids = findings.slice(start, start + 100).map(({ id }) => id);
    const { documents } = await store.search<Incident>('incident', {
      where: [
        { field: 'findings', in: ids },
        { field: 'status', in: ['open', 'closed'] },
      ],
      limit: 1000,
    });
    for (const { id, body } of documents) for (const finding of body.findings) of.set(finding, id);
  }
  return findings.map((finding) => ({ ...finding, incident: of.get(finding.id) ?? null }));
}
