// `pipewarden explain FINDING`: the evidence in a terminal, with its picture in characters.
import type { Command } from 'commander';
import { detectors } from '../../detectors/index.ts';
import type { Activity } from '../core/activity.ts';
import type { FindingRecord } from '../core/finding.ts';
import { visible } from '../core/visible.ts';
import { type CommonOptions, type Subcommand, settingsOf, subcommand } from './common.ts';
import { findDocument } from './find.ts';
import { withIncidents } from './findings.ts';
import type { Io } from './io.ts';
import { withStore } from './ports.ts';
import { renderFinding } from './render/finding.ts';
import { drawPicture } from './render/picture.ts';

/** Log lines shown of an activity. */
const LINES = 12;

export const explainCommand: Subcommand = (io) =>
  subcommand('explain', 'the evidence of a finding')
    .argument('<finding>', 'its id, or the first eight characters')
    .action(async (id: string, _options, self: Command) => {
      const options = self.optsWithGlobals<CommonOptions>();
      await withStore(settingsOf(options, io), io.env, async (store) => {
        const record = await findDocument<FindingRecord>(store, 'finding', 'finding.id', id);
        const [finding] = await withIncidents(store, [record.finding]);
        if (!finding) return;
        if (options.json) return io.out(`${JSON.stringify({ ...record, finding })}\n`);
        io.out(renderFinding(finding, io));
        if (record.picture) io.out(`${drawPicture(record.picture)}\n`);
        const hosts = record.picture?.type === 'known-and-new' ? record.picture.fresh : [];
        for (const activity of record.activities) io.out(describeActivity(activity, hosts, io));
        const next = detectors.find((detector) => detector.id === finding.detector)?.next ?? [];
        if (next.length > 0) io.out(`\nWhat to do next\n${next.map((step) => `  - ${step}\n`).join('')}`);
        if (finding.incident) io.out(`\nIncident ${finding.incident}: pipewarden incidents show ${finding.incident}\n`);
      });
    });

function describeActivity(activity: Activity, words: readonly string[], io: Io): string {
  const facts = [
    activity.actor && `actor ${activity.actor.name ?? activity.actor.email ?? 'unknown'}`,
    activity.client?.address && `from ${activity.client.address}`,
    activity.client?.country_iso_code,
    activity.client?.user_agent,
    activity.vcs?.repository?.name,
    activity.cicd?.pipeline?.run && `run ${activity.cicd.pipeline.run.id}`,
  ].filter((fact) => typeof fact === 'string');
  const head = `${activity.source} ${activity.native_type}${activity.input ? ` (${activity.input})` : ''}`;
  return `${io.style('bold', visible(head))}\n  ${visible(facts.join(' · '))}\n${excerpt(activity, words)}`;
}

/** The lines of a log that hold what is new, with their numbers; else its first ones. */
function excerpt(activity: Activity, words: readonly string[]): string {
  if (activity.kind !== 'log') return '';
  const { lines, first_line } = activity.detail;
  const numbered = lines.map((text, index) => ({ text, number: first_line + index }));
  const telling = numbered.filter(
    ({ text }) => words.some((word) => text.includes(word)) || text.includes('[redacted:'),
  );
  const shown = (telling.length > 0 ? telling : numbered).slice(0, LINES);
  return shown.map(({ text, number }) => `  ${String(number).padStart(6)} │ ${visible(text.slice(0, 300))}\n`).join('');
}
