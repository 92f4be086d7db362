// `pipewarden incidents`: list, show, close with a verdict.
import { type Command, Option } from 'commander';
import { ACTIONS } from '../../playbooks/actions/index.ts';
import type { AuditEntry } from '../core/audit.ts';
import { systemClock } from '../core/clock.ts';
import type { Incident, Verdict, VerdictRecord } from '../core/incident.ts';
import { contentId } from '../core/json.ts';
import type { FindingEntry } from '../core/messages.ts';
import type { PlaybookRun } from '../core/playbook.ts';
import { SEVERITIES, type Severity } from '../core/severity.ts';
import { formatInstant } from '../core/time.ts';
import { planPlaybooks } from '../responder/plan.ts';
import { type CommonOptions, limitOf, type Settings, type Subcommand, settingsOf, subcommand } from './common.ts';
import { findDocument } from './find.ts';
import type { Io } from './io.ts';
import { shippedPlaybooks } from './playbooks.ts';
import { withEventLog, withStore } from './ports.ts';
import { renderIncident, shortTime } from './render/finding.ts';
import { table } from './render/table.ts';
import { whoAmI } from './who.ts';

const VERDICTS = ['expected', 'malicious', 'false-positive'] as const satisfies readonly Verdict[];

interface ListOptions extends CommonOptions {
  readonly severity?: Severity;
  readonly status?: Incident['status'];
  readonly limit: number;
}

interface CloseOptions extends CommonOptions {
  readonly verdict: Verdict;
  readonly reason: string;
}

export const incidentsCommand: Subcommand = (io) => {
  const command = subcommand('incidents', 'list the incidents, show one, close one with a verdict');
  command
    .command('list', { isDefault: true })
    .description('the newest first')
    .addOption(new Option('--severity <severity>', 'only these').choices(SEVERITIES))
    .addOption(new Option('--status <status>', 'only these').choices(['open', 'closed', 'merged']))
    .option('--limit <n>', 'at most so many, up to 1000', limitOf, 50)
    .action(async (_options, self: Command) => {
      const options = self.optsWithGlobals<ListOptions>();
      await withStore(settingsOf(options, io), io.env, async (store) => {
        const { documents, total } = await store.search<Incident>('incident', {
          where: [
            ...(options.severity ? [{ field: 'severity', is: options.severity }] : []),
            ...(options.status ? [{ field: 'status', is: options.status }] : []),
          ],
          sort: { field: 'updated', order: 'desc' },
          limit: options.limit,
        });
        const incidents = documents.map(({ body }) => body);
        if (options.json) return io.out(incidents.map((incident) => `${JSON.stringify(incident)}\n`).join(''));
        const rows = incidents.map(({ id, updated, severity, status, findings, title }) => [
          shortTime(updated),
          severity,
          status,
          String(findings.length),
          title,
          id,
        ]);
        io.out(table([['UPDATED (UTC)', 'SEVERITY', 'STATUS', 'FINDINGS', 'TITLE', 'ID'], ...rows], 72));
        if (total > incidents.length) io.err(`${total - incidents.length} more\n`);
      });
    });
  command
    .command('show <id>')
    .description('its story, and what would be done')
    .action(async (id: string, _options, self: Command) => {
      const options = self.optsWithGlobals<CommonOptions>();
      await withStore(settingsOf(options, io), io.env, async (store) => {
        const found = await findDocument<Incident>(store, 'incident', 'id', id);
        const incident = { ...found, playbooks: planPlaybooks(found, shippedPlaybooks, ACTIONS) };
        if (options.json) return io.out(`${JSON.stringify(incident)}\n`);
        const { documents } = await store.search<PlaybookRun>('run', { where: [{ field: 'incident', is: found.id }] });
        const evidence = documents.flatMap(({ body }) => body.steps.flatMap((step) => step.evidence ?? []));
        io.out(renderIncident(incident, io, evidence));
      });
    });
  command
    .command('close <id>')
    .description('say what it was')
    .addOption(new Option('--verdict <verdict>', 'what it was').choices(VERDICTS).makeOptionMandatory())
    .requiredOption('--reason <text>', 'why, for the audit trail')
    .action(async (id: string, _options, self: Command) => {
      const options = self.optsWithGlobals<CloseOptions>();
      const settings = settingsOf(options, io);
      const incident = await withStore(settings, io.env, (store) =>
        findDocument<Incident>(store, 'incident', 'id', id),
      );
      const { verdict, reason } = options;
      const entry = await say(settings, io.env, incident.id, verdict, 'incident.closed', reason);
      io.out(
        options.json
          ? `${JSON.stringify(entry)}\n`
          : `Closed as ${verdict}; a running Pipewarden takes it up within a second.\n`,
      );
    });
  command
    .command('reopen <id>')
    .description('take a verdict back: what it taught is forgotten')
    .requiredOption('--reason <text>', 'why, for the audit trail')
    .action(async (id: string, _options, self: Command) => {
      const options = self.optsWithGlobals<CommonOptions & { readonly reason: string }>();
      const settings = settingsOf(options, io);
      const incident = await withStore(settings, io.env, (store) =>
        findDocument<Incident>(store, 'incident', 'id', id),
      );
      const entry = await say(settings, io.env, incident.id, 'taken-back', 'incident.reopened', options.reason);
      io.out(
        options.json ? `${JSON.stringify(entry)}\n` : 'Open again; a running Pipewarden takes it up within a second.\n',
      );
    });
  return command;
};

/** Into the audit trail, and to the correlator. */
async function say(
  settings: Settings,
  env: Io['env'],
  incident: string,
  verdict: VerdictRecord['verdict'],
  action: string,
  reason: string,
): Promise<FindingEntry> {
  const time = formatInstant(systemClock.now());
  const by = whoAmI();
  const entry: FindingEntry = { type: 'verdict', incident, verdict, by, reason, time };
  const audit: AuditEntry = {
    id: contentId('verdict', incident, verdict, time),
    time,
    actor: by,
    action,
    subject: incident,
    outcome: 'success',
    detail: { verdict, reason },
  };
  await withEventLog(settings, env, async (log) => {
    await log.append('decision', [{ key: incident, value: JSON.stringify(audit) }]);
    await log.append('finding', [{ key: 'finding', value: JSON.stringify(entry) }]);
  });
  return entry;
}
