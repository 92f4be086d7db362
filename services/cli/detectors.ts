// `pipewarden detectors`: the catalogue, one detector in full, and its cases run.
import type { Command } from 'commander';
import { detectors } from '../../detectors/index.ts';
import { runCase } from '../analyzer/run-case.ts';
import { type Detector, formOf } from '../core/detector.ts';
import { type CommonOptions, type Subcommand, subcommand } from './common.ts';
import { findEntry } from './find.ts';
import type { Io } from './io.ts';
import { table } from './render/table.ts';

export const detectorsCommand: Subcommand = (io, setExit) => {
  const command = subcommand('detectors', 'list the detectors, show one, run their cases');
  command
    .command('list', { isDefault: true })
    .description('every detector')
    .action((_options, self: Command) => {
      const rows = detectors.map(({ id, severity, catalogue, title }) => [id, severity, catalogue, title]);
      if (self.optsWithGlobals<CommonOptions>().json) io.out(`${JSON.stringify(detectors.map(facts))}\n`);
      else io.out(table([['ID', 'AT MOST', 'CATALOGUE', 'TITLE'], ...rows]));
    });
  command
    .command('show <id>')
    .description('what it watches, what it means, what to do next')
    .action((id: string, _options, self: Command) => {
      const detector = findEntry(detectors, 'detector', id);
      io.out(self.optsWithGlobals<CommonOptions>().json ? `${JSON.stringify(facts(detector))}\n` : page(detector, io));
    });
  command
    .command('test [id]')
    .description('run the cases of all, or of one')
    .action(async (id: string | undefined, _options, self: Command) => {
      const results = await runAll(id ? [findEntry(detectors, 'detector', id)] : detectors);
      const failed = results.filter(({ ok }) => !ok).length;
      if (self.optsWithGlobals<CommonOptions>().json) io.out(`${JSON.stringify(results)}\n`);
      else {
        for (const { ok, detector, name, expected, raised } of results) {
          const note = ok ? '' : `: expected ${expected ?? 'nothing'}, raised ${raised ?? 'nothing'}`;
          io.out(`${ok ? io.style('green', '✓') : io.style('red', '✗')} ${detector}: ${name}${note}\n`);
        }
        io.out(`${results.length - failed} passed, ${failed} failed\n`);
      }
      if (failed > 0) setExit(1);
    });
  return command;
};

/** The data of a detector, without its functions. */
function facts(detector: Detector) {
  const { learned, watch: _watch, examine: _examine, cases: _cases, again: _again, ...info } = detector;
  return { ...info, baseline: learned?.baseline.id ?? null };
}

function page(detector: Detector, io: Io): string {
  const list = (items: readonly string[]) => items.map((item) => `  - ${item}\n`).join('');
  return [
    `${io.style('bold', detector.title)} [${detector.id}]\n`,
    `${detector.summary}\n\n`,
    `At most ${detector.severity} on its own; ${detector.maturity}; ${formOf(detector)}.\n`,
    `Watches: ${detector.watches.join(', ')}\n`,
    `Catalogue ${detector.catalogue}; ${detector.owasp.join(', ')}; ${detector.attack.map(({ tactic, technique }) => `${technique} (${tactic})`).join(', ')}\n\n`,
    `Known false positives\n${list(detector.falsePositives)}\n`,
    `What to do next\n${list(detector.next)}`,
  ].join('');
}

async function runAll(chosen: readonly Detector[]) {
  const results: { detector: string; name: string; ok: boolean; expected: string | null; raised: string | null }[] = [];
  for (const detector of chosen) {
    const { cases } = await detector.cases();
    for (const each of cases) {
      const raised = runCase(detector, each)?.finding.severity ?? null;
      results.push({
        detector: detector.id,
        name: each.name,
        ok: raised === each.expected,
        expected: each.expected,
        raised,
      });
    }
  }
  return results;
}
