// A definition while it is being read: each reader puts in what it finds, and every list stays within bounds.
import type {
  Definition,
  DefinitionFacts,
  DefinitionSystem,
  HostUse,
  ImageUse,
  Problem,
  Script,
  Use,
} from '../../core/definition.ts';
import { cut } from '../../core/visible.ts';
import { hostsInUrls } from './hosts.ts';
import { image, reference } from './references.ts';
import { readScript } from './script.ts';

export type Draft = {
  readonly [Kind in keyof DefinitionFacts]: DefinitionFacts[Kind][number][];
} & {
  readonly problems: Problem[];
  readonly contacted: Map<string, HostUse>;
  /** Characters of scripts that may still be read: a template that many jobs extend is many scripts. */
  scriptsLeft: number;
};

const FACT_LIMIT = 5_000;
const SCRIPT_LIMIT = 2 * 1024 * 1024;
const LINE_LIMIT = 4_096;

export function startDraft(problems: readonly Problem[] = []): Draft {
  return {
    triggers: [],
    permissions: [],
    secrets: [],
    environments: [],
    gates: [],
    runners: [],
    images: [],
    uses: [],
    checkouts: [],
    scripts: [],
    hosts: [],
    jobs: [],
    problems: [...problems],
    contacted: new Map(),
    scriptsLeft: SCRIPT_LIMIT,
  };
}

/** No more of it is kept: what many jobs share need not be read for each. */
export function isFull(list: readonly unknown[]): boolean {
  return list.length > FACT_LIMIT;
}

export interface ScriptPlace {
  readonly job?: string | undefined;
  readonly step: string;
  readonly shell?: string | undefined;
  readonly untrusted?: readonly string[];
}

/** Reads a script and keeps what it does. `line`: where its text begins. */
export function addScript(draft: Draft, place: ScriptPlace, text: string, line: number): void {
  if (draft.scriptsLeft <= 0) return;
  draft.scriptsLeft -= text.length + 1_000;
  if (draft.scriptsLeft <= 0)
    draft.problems.push({ line, message: 'too many scripts: those from here on are not read' });
  const { contacted, ...facts } = readScript(text, { shell: place.shell, line });
  const where = place.job === undefined ? {} : { job: place.job };
  for (const { host, domain, line: at } of contacted) {
    if (!draft.contacted.has(host)) draft.contacted.set(host, { ...where, line: at, host, domain, how: 'contacted' });
  }
  const shell = place.shell === undefined ? {} : { shell: place.shell };
  const script: Script = {
    ...where,
    step: place.step,
    line,
    ...shell,
    text,
    ...facts,
    untrusted: place.untrusted ?? [],
  };
  draft.scripts.push(script);
}

const TITLE_LIMIT = 80;

/** The first line of a script, which names a step that has no name. */
export function titleOf(script: string): string {
  const [line = ''] = script.trimStart().split('\n', 1);
  return cut(line.trim(), TITLE_LIMIT);
}

export function addImage(
  draft: Draft,
  text: string,
  fact: { readonly job?: string | undefined; readonly line: number; readonly role: ImageUse['role'] },
): void {
  const { job, ...rest } = fact;
  draft.images.push({ ...(job === undefined ? {} : { job }), ...rest, ...image(text.replace(/^docker:\/\//, '')) });
}

export function addUse(
  draft: Draft,
  text: string,
  fact: {
    readonly kind: Use['kind'];
    readonly job?: string | undefined;
    readonly step?: string | undefined;
    readonly line: number;
  },
): void {
  const { job, step, ...rest } = fact;
  draft.uses.push({
    ...(job === undefined ? {} : { job }),
    ...(step === undefined ? {} : { step }),
    ...rest,
    ...reference(text),
  });
}

export interface SourceLine {
  readonly text: string;
  readonly line: number;
}

export function linesOf(source: string): readonly SourceLine[] {
  return source.split('\n').map((text, index) => ({ text, line: index + 1 }));
}

export interface DefinitionPlace {
  readonly system: DefinitionSystem;
  readonly path: string;
  readonly partial?: boolean;
}

/** `lines`: all that is shown of the file, for the hosts that no command contacts. */
export function finish(
  draft: Draft,
  { system, path, partial = false }: DefinitionPlace,
  lines: readonly SourceLine[],
): Definition {
  const { contacted, problems, scriptsLeft: _left, ...facts } = draft;
  const lists = Object.fromEntries(Object.entries(facts).map(([kind, list]) => [kind, bounded(kind, list, problems)]));
  return { ...facts, ...lists, hosts: allHosts(contacted, lines), system, path, partial, problems };
}

function bounded(kind: string, list: readonly unknown[], problems: Problem[]): readonly unknown[] {
  if (list.length <= FACT_LIMIT) return list;
  problems.push({ message: `only ${FACT_LIMIT} of its ${list.length} ${kind} are kept` });
  return list.slice(0, FACT_LIMIT);
}

const COMMENT = /(?:^|\s)(?:#|\/\/\s|<!--)|^\s*\*/;

/** Each host once; being contacted wins over being named, that over a comment. */
function allHosts(contacted: ReadonlyMap<string, HostUse>, lines: readonly SourceLine[]): HostUse[] {
  const found = new Map<string, HostUse>(contacted);
  for (const { text: whole, line } of lines) {
    if (!whole.includes('://')) continue;
    const text = whole.slice(0, LINE_LIMIT);
    const comment = COMMENT.exec(text)?.index ?? text.length;
    keep(found, text.slice(0, comment), line, 'named');
    keep(found, text.slice(comment), line, 'comment');
  }
  return [...found.values()].slice(0, FACT_LIMIT);
}

function keep(found: Map<string, HostUse>, text: string, line: number, how: HostUse['how']): void {
  for (const { host, domain } of hostsInUrls(text)) {
    const before = found.get(host);
    if (!before || (before.how === 'comment' && how === 'named')) found.set(host, { host, domain, how, line });
  }
}
