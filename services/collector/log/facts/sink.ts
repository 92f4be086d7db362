// Where facts go: to the step whose line is being read.
import type { Dependency } from '../../../core/details/pipeline.ts';
import type { Told } from '../dependencies.ts';
import type { Line } from '../line.ts';
import { MOST_HOSTS, type Steps, take } from '../steps.ts';
import { destination } from './hosts.ts';
import { imageOf } from './images.ts';

export interface Sink {
  dependency(told: Omit<Told, 'line'> | undefined): void;
  /** `resolved`: the version it turned out to be; `requested`: as it was asked for. */
  package(from: string, name: string, version: Pick<Dependency, 'requested' | 'resolved'>): void;
  image(reference: string, resolved?: string): void;
  /** `spelled` as the log has it; what is no destination is left out. `contacted`: a tool says that it went there. */
  host(spelled: string, contacted: boolean): void;
  masked(times: number): void;
  /** What was run, where the step does not say it yet. */
  command(text: string): void;
}

export function createSink(line: Line, steps: Steps): Sink {
  const sink: Sink = {
    dependency(told) {
      if (told) take(steps.at(line), { ...told, line: line.number });
    },
    package(from, spelled, { requested, resolved }) {
      // Python's index takes `Foo_Bar` and `foo-bar` for the same
      // (https://packaging.python.org/en/latest/specifications/name-normalization/).
      const name = from === 'pip' ? spelled.toLowerCase().replace(/[-_.]+/g, '-') : spelled;
      sink.dependency({ type: 'package', name, requested, resolved, from });
    },
    image(reference, resolved) {
      sink.dependency(imageOf(reference, resolved));
    },
    host(spelled, contacted) {
      const name = destination(spelled);
      if (name === undefined) return;
      const step = steps.at(line);
      step.hosts ??= new Map();
      const { hosts } = step;
      const before = hosts.get(name);
      if (before) {
        if (!contacted || before.contacted) return;
        before.contacted = true;
        before.line = line.number;
      } else if (hosts.size < MOST_HOSTS) hosts.set(name, { line: line.number, contacted });
    },
    masked(times) {
      if (times > 0) steps.at(line).masked += times;
    },
    command(text) {
      if (steps.running) steps.running.command ??= text;
    },
  };
  return sink;
}
