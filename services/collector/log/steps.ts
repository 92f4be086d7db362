// The steps of a log while it is read: which one runs, where it began, what it did.
import type { ActivityDetails } from '../../core/activity.ts';
import type { Result } from '../../core/details/pipeline.ts';
import { createDependencies, type Dependencies, type Told } from './dependencies.ts';
import type { Place } from './line.ts';

/** Kept of a log: the last one takes in all that follows, so that nothing goes unseen. */
export const MOST_STEPS = 500;
/** Kept of a step; more say nothing new. */
export const MOST_HOSTS = 200;

export interface Step {
  readonly name: string;
  readonly first: Place;
  last_line: number;
  command: string | undefined;
  result: Result | undefined;
  masked: number;
  /** Made when there is something to keep: most steps take nothing in. */
  dependencies: Dependencies | undefined;
  hosts: Map<string, { line: number; contacted: boolean }> | undefined;
}

export interface Steps {
  /** The one that runs; undefined between steps. */
  readonly running: Step | undefined;
  /** The last that a marker began, running or not. */
  readonly last: Step | undefined;
  /** One runs, or lines between steps make one. */
  readonly isOpen: boolean;
  /** A step begins on this line; the one before ends. */
  begin(name: string, first: Place, command?: string): void;
  /** The one that runs ends with this line, as far as a later one does not begin on it. */
  end(line: number, result?: Result): void;
  /** An earlier one goes on with this line: some systems mix the output of steps that run at once. */
  resume(step: Step, line: number): void;
  /** What lines between steps are called from here on, where they do something. */
  outside(name: string | undefined): void;
  /** Whose doing the line is. Lines between steps make a step of their own. */
  at(place: Place): Step;
  /** All of them; called once, with the number of the last line. */
  finish(line: number): readonly Step[];
}

/** `first`: the number of the first line. */
export function createSteps(first = 1): Steps {
  const all: Step[] = [];
  let running: Step | undefined;
  let last: Step | undefined;
  /** Of what happens between steps: the step made of it, its name where one was given, the first line. */
  let between: Step | undefined;
  let named: string | undefined;
  let free = first;
  /** The one that ended last; what stands on its last line is still its doing. */
  let ended: Step | undefined;
  /** The last line that was found to do something: a step that is known late begins behind it. */
  let told = 0;

  function add(name: string, { number, start }: Place, command: string | undefined): Step {
    // Copied: the place is that of the line that is being read, which moves on.
    const first = { number, start };
    const step: Step = {
      name: name.trim() === '' ? 'unnamed' : name,
      first,
      last_line: number,
      command,
      result: undefined,
      masked: 0,
      dependencies: undefined,
      hosts: undefined,
    };
    all.push(step);
    return step;
  }

  /** Nothing runs any more after this line. */
  function close(line: number): void {
    const open = running ?? between;
    if (open) open.last_line = Math.max(open.first.number, line);
    else if (last && last.last_line > line) last.last_line = Math.max(last.first.number, line);
    running = undefined;
    between = undefined;
  }

  return {
    get running() {
      return running;
    },
    get last() {
      return last;
    },
    get isOpen() {
      return running !== undefined || between !== undefined;
    },
    begin(name, { number: line, start }, command) {
      const number = Math.max(told > line ? told + 1 : line, all.at(-1)?.first.number ?? first);
      // A line that did something for both is the last of the one and the first of the other.
      close(Math.max(number - 1, told));
      last = all.length < MOST_STEPS ? add(name, { number, start }, command) : all.at(-1);
      running = last;
    },
    end(line, result) {
      if (!running) return;
      running.result ??= result;
      ended = running;
      close(line);
      free = line + 1;
    },
    resume(step, line) {
      if (running === step) return;
      close(line - 1);
      running = step;
    },
    outside(name) {
      named = name;
    },
    at({ number, start }) {
      told = number;
      if (running) return running;
      if (ended && ended.last_line >= number) return ended;
      if (!between && all.length >= MOST_STEPS) between = all.at(-1);
      const called = named ?? (last ? `after ${last.name}` : 'before the first step');
      between ??= add(called, { number: free, start }, undefined);
      return between;
    },
    finish(line) {
      close(line);
      // A log without any marker: there is no first step that this could come before.
      return last || named !== undefined ? all : all.map((step) => ({ ...step, name: 'log' }));
    },
  };
}

/** Takes a dependency into a step's. */
export function take(step: Step | undefined, told: Told): void {
  if (!step) return;
  step.dependencies ??= createDependencies();
  step.dependencies.add(told);
}

/** `from`: the first line that is told; a step may have begun before. */
export function detailOf(step: Step, ordinal: number, from = 1): ActivityDetails['step'] {
  const { name, first, last_line, command, result, masked } = step;
  const hosts = [...(step.hosts ?? [])].map(([host, { line, contacted }]) => ({
    name: host,
    line,
    ...(contacted && { contacted: true as const }),
  }));
  const dependencies = step.dependencies?.list() ?? [];
  return {
    name,
    ordinal,
    first_line: Math.max(first.number, from),
    last_line,
    ...(command !== undefined && { command }),
    ...(result !== undefined && { result }),
    ...(hosts.length > 0 && { hosts: hosts.sort((a, b) => a.line - b.line) }),
    ...(dependencies.length > 0 && { dependencies }),
    ...(masked > 0 && { masked }),
  };
}
