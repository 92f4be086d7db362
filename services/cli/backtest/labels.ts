// How good the alerts were, where somebody has said which records belong to an attack.
//
// A label is a line of NDJSON: the record (`input`, as findings name it, or `line`, of the only file) and its `label` (or
// `lab`): `attack` or anything else; `attack` may give the attack a name, where there are several.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { messageOf, PipewardenError } from '../../core/errors.ts';
import type { Instant } from '../../core/time.ts';
import type { Outcome } from './outcome.ts';

const HOSTILE = new Set(['attack', 'precursor', 'malicious']);
const ONLY = 'the attack';

const labelLine = z.object({
  input: z.string().optional(),
  line: z.int().positive().optional(),
  label: z.string().optional(),
  lab: z.string().optional(),
  attack: z.string().optional(),
});

/** Name of the attack by record; records that belong to none are not in it. */
export type Labels = ReadonlyMap<string, string>;

export interface Quality {
  /** Of the alerts, the share that rests on a record of an attack; null without alerts. */
  readonly precision: number | null;
  readonly attacks: number;
  readonly found: number;
  /** Seconds from an attack's first record to its first alert, the median over those found; null where none was. */
  readonly delay_s: number | null;
}

/** `files`: those that are replayed. Throws USAGE for what is no file of labels. */
export function readLabels(file: string, files: readonly string[]): Labels {
  const labels = new Map<string, string>();
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new PipewardenError('USAGE', { problem: `--labels ${file}: ${messageOf(error)}` }, error);
  }
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const { input, line: number, label, lab, attack } = labelOf(line, `${file}:${index + 1}`);
    const record = input ?? (number === undefined || files.length !== 1 ? undefined : `${files[0]}:${number}`);
    if (record === undefined) {
      throw new PipewardenError('USAGE', {
        problem: `${file}:${index + 1} names no record; give it an input, FILE:LINE`,
      });
    }
    if (HOSTILE.has(label ?? lab ?? '')) labels.set(record, attack ?? ONLY);
  }
  return labels;
}

function labelOf(line: string, where: string): z.output<typeof labelLine> {
  try {
    return labelLine.parse(JSON.parse(line));
  } catch {
    throw new PipewardenError('USAGE', { problem: `${where} is no label: an object with input or line, and label` });
  }
}

/** `begins`: when the first record of each attack was observed. */
export function qualityOf({ alerts }: Outcome, labels: Labels, begins: ReadonlyMap<string, Instant>): Quality {
  const first = new Map<string, Instant>();
  let right = 0;
  for (const { incident, at } of alerts) {
    const attacks = new Set((incident.inputs ?? []).flatMap((input) => labels.get(input) ?? []));
    if (attacks.size > 0) right += 1;
    for (const attack of attacks) first.set(attack, Math.min(first.get(attack) ?? at, at));
  }
  const delays = [...first].map(([attack, at]) => Math.max(0, (at - (begins.get(attack) ?? at)) / 1000));
  return {
    precision: alerts.length === 0 ? null : right / alerts.length,
    attacks: new Set(labels.values()).size,
    found: first.size,
    delay_s: median(delays),
  };
}

function median(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}
