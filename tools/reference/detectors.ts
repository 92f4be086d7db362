// docs/reference/detectors.md: every detector with its cases.
import { detectors } from '../../detectors/index.ts';
import { type Detector, formOf } from '../../services/core/detector.ts';
import { list, page, table } from './markdown.ts';

export async function detectorsPage(): Promise<string> {
  const rows = detectors.map(({ id, title, severity, catalogue }) => [`[${id}](#${id})`, title, severity, catalogue]);
  const parts = await Promise.all(detectors.map(describe));
  return page('Detectors', 'What is looked for, what it means, and what to do.', [
    table(['id', 'title', 'at most', 'catalogue'], rows),
    ...parts,
  ]);
}

async function describe(detector: Detector): Promise<string> {
  const { cases } = await detector.cases();
  return [
    `## ${detector.id}`,
    `**${detector.title}.** ${detector.summary}`,
    `At most ${detector.severity} on its own; ${detector.maturity}; ${formOf(detector)}. Watches ${detector.watches.join(', ')}. ` +
      `${detector.owasp.join(', ')}; ${detector.attack.map(({ tactic, technique }) => `${technique} (${tactic})`).join(', ')}.`,
    `Known false positives:\n\n${list(detector.falsePositives)}`,
    `What to do next:\n\n${list(detector.next)}`,
    `Cases:\n\n${table(
      ['case', 'kind', 'raises'],
      cases.map(({ name, kind, expected }) => [name, kind, expected ?? 'nothing']),
    )}`,
  ].join('\n\n');
}
