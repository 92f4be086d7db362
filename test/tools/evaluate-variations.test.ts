// What can be said of the variations without the generator: references hold, deadlines are hostile, decoys are to stay quiet.
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const FOLDER = join(import.meta.dirname, '../../tools/evaluate/variations');
const HOSTILE = ['attack', 'precursor'];
const LEAST_DECOYS = 4;

const Names = z.record(z.string(), z.unknown());
const Deed = z.object({
  actor: z.string().optional(),
  from: z.string().optional(),
  tok: z.string().optional(),
  repo: z.string().optional(),
  runner: z.union([z.string(), z.array(z.string())]).optional(),
});
const Event = Deed.extend({
  n: z.int(),
  at: z.string().regex(/^D(0|[+-]\d+) \d\d:\d\d:\d\d$/),
  lab: z.enum(['benign', 'decoy', 'precursor', 'attack', 'aftermath', 'context']),
  exp: z.array(z.string().regex(/^B(0[1-9]|1\d|2[0-7])$/)),
});
const Deadline = z.object({ severity: z.enum(['medium', 'high']), by: z.int(), from: z.int().optional() });
const Variation = z.object({
  scenario: z.string(),
  net: Names,
  actors: Names,
  tokens: Names,
  runners: Names,
  repos: Names,
  baseline: z.object({ pipelines: z.array(Deed), rates: z.array(Deed) }),
  events: z.array(Event),
  pass: z.object({ deadlines: z.array(Deadline).min(2), quiet: z.array(z.int()) }),
});

const variations = globSync('V*.json', { cwd: FOLDER })
  .sort()
  .map((file) => ({ file, ...Variation.parse(JSON.parse(readFileSync(join(FOLDER, file), 'utf8'))) }));

/** "D+2 01:00:00" as seconds after D0. */
function seconds(at: string): number {
  const [day = '', clock = ''] = at.slice(1).split(' ');
  const [hours = 0, minutes = 0, rest = 0] = clock.split(':').map(Number);
  return Number(day) * 86_400 + hours * 3600 + minutes * 60 + rest;
}

it('there are at least eight of them', () => expect(variations.length).toBeGreaterThanOrEqual(8));

describe.each(variations)('$file', ({ file, events, pass, baseline, ...cast }) => {
  const labels = new Map(events.map(({ n, lab }) => [n, lab]));

  it('tells its events once, in order, under the name of its file', () => {
    expect(cast.scenario).toBe(basename(file, '.json'));
    expect(labels.size).toBe(events.length);
    const times = events.map(({ at }) => seconds(at));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('names only who and what is in its cast', () => {
    for (const deed of [...events, ...baseline.pipelines, ...baseline.rates]) {
      const used = [
        [deed.actor, cast.actors],
        [deed.from, cast.net],
        [deed.tok, cast.tokens],
        [deed.repo, cast.repos],
        ...[deed.runner ?? []].flat().map((runner) => [runner, cast.runners] as const),
      ] as const;
      for (const [name, known] of used) if (name !== undefined) expect(Object.keys(known)).toContain(name);
    }
  });

  it('has deadlines that hostile events can meet, one of them high', () => {
    for (const { by, from } of pass.deadlines) {
      expect(HOSTILE).toContain(labels.get(by));
      if (from === undefined) continue;
      expect(HOSTILE).toContain(labels.get(from));
      expect(from).toBeLessThanOrEqual(by);
    }
    expect(pass.deadlines.map(({ severity }) => severity)).toContain('high');
  });

  it('keeps its decoys quiet, and expects nothing of what is benign', () => {
    const decoys = events.filter(({ lab }) => lab === 'decoy');
    expect(decoys.length).toBeGreaterThanOrEqual(LEAST_DECOYS);
    expect(pass.quiet).toEqual(expect.arrayContaining(decoys.map(({ n }) => n)));
    for (const n of pass.quiet) expect(['benign', 'decoy']).toContain(labels.get(n));
    for (const { lab, exp } of events) if (!HOSTILE.includes(lab)) expect(exp).toEqual([]);
  });
});
