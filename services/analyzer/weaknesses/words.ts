// What correlation has to know of weaknesses: of those that could weigh in an incident, each change that matters there. Few: secrets,
// definitions of pipelines that let strangers in, packages that are exploited or malicious.
import { definitionsIn } from '../../core/definition-paths.ts';
import { known as knownFields } from '../../core/known.ts';
import type { StateChange, StateEntry } from '../../core/ports/event-log.ts';
import { DAY, type Instant } from '../../core/time.ts';
import type { Weakness } from '../../core/weakness.ts';
import { MEETS, type WeaknessWord } from '../../core/weakness-word.ts';
import type { Alert, Known } from './known.ts';

const PREFIX = 'word/';
const MOST_MEETS = 20;
const MOST_TOOLS = 5;
const MOST_TEXT = 200;
/** That it is told again and again is told once in so long. */
const SEEN = 7 * DAY;

/**
 * Rules by which a stranger's text or code runs in a pipeline, in plain words: zizmor (https://docs.zizmor.sh/audits/), CodeQL
 * (https://codeql.github.com/codeql-query-help/actions/), poutine (https://boostsecurityio.github.io/poutine/), Semgrep's
 * `yaml.github-actions`, Checkov's CKV_GHA_2. By their CWEs they are not to be told from references without a digest.
 */
const LETS_IN =
  /\b(?:(?:template|code|shell|command|envvar|envpath|argument) injection|^injection$|dangerous triggers|untrusted checkout|target code checkout|artifact poisoning|github env|ckv gha 2)\b/;
/** https://ossf.github.io/osv-schema/ and https://cwe.mitre.org/data/definitions/506.html */
const MALICIOUS = /^(?:MAL-|CWE-506$)/;

export interface Words {
  /** False: the entry is somebody else's. Throws SyntaxError on a damaged one. */
  restore(entry: StateEntry): boolean;
  /** `alert`: what told it, where that is why it changed. `fresh`: for the first time, by somebody who had looked before. */
  told(known: Known, at: Instant, alert?: Alert, fresh?: boolean): void;
  /** `gone` is part of `into` from now on. */
  merged(gone: Weakness, into: Known, at: Instant): void;
  drop(id: string): void;
  flush(): { readonly state: readonly StateChange[]; readonly words: readonly WeaknessWord[] };
}

export function createWords(): Words {
  const words = new Map<string, WeaknessWord>();
  const state = new Map<string, string | null>();
  const changed = new Map<string, WeaknessWord>();

  function put(word: WeaknessWord): void {
    const text = JSON.stringify(word);
    if (text === JSON.stringify(words.get(word.weakness))) return;
    words.set(word.weakness, word);
    state.set(PREFIX + word.weakness, text);
    changed.set(word.weakness, word);
  }

  function drop(id: string): void {
    if (words.delete(id)) state.set(PREFIX + id, null);
  }

  return {
    restore({ key, value }) {
      if (!key.startsWith(PREFIX)) return false;
      words.set(key.slice(PREFIX.length), JSON.parse(value));
      return true;
    },
    told({ weakness }, at, alert, fresh = false) {
      const before = words.get(weakness.id);
      const meets = [...new Set([...(before?.meets ?? []), ...(alert ? meetsOf(weakness, alert) : [])])];
      const word = meets.length === 0 ? undefined : wordOf(weakness, before, meets.slice(0, MOST_MEETS), at, fresh);
      if (word) put(word);
    },
    merged(gone, into, at) {
      const before = words.get(gone.id);
      if (!before) return;
      drop(gone.id);
      changed.set(gone.id, { ...before, merged: into.weakness.id });
      const own = words.get(into.weakness.id);
      const meets = [...new Set([...(own?.meets ?? []), ...before.meets])].slice(0, MOST_MEETS);
      const word = wordOf(into.weakness, earlier(own, before), meets, at, false);
      if (word) put(word);
    },
    drop,
    flush() {
      const outcome = { state: [...state].map(([key, value]) => ({ key, value })), words: [...changed.values()] };
      state.clear();
      changed.clear();
      return outcome;
    },
  };
}

function earlier(a: WeaknessWord | undefined, b: WeaknessWord): WeaknessWord {
  return a && a.since <= b.since ? a : b;
}

/** Undefined for what nobody ever told as open. */
function wordOf(
  { id, repository, title, location, package: pack, state, tellings, priority, last_seen, sample }: Weakness,
  before: WeaknessWord | undefined,
  meets: readonly string[],
  at: Instant,
  fresh: boolean,
): WeaknessWord | undefined {
  const isOpen = state === 'open' || state === 'reopened';
  if (!before && !isOpen) return undefined;
  const goesOn = before !== undefined && before.until === undefined;
  const { path, line } = location ?? {};
  return knownFields({
    weakness: id,
    repository,
    title: title.slice(0, MOST_TEXT),
    where: (path === undefined ? (pack?.name ?? '') : `${path}${line === undefined ? '' : `:${line}`}`).slice(
      -MOST_TEXT,
    ),
    tools: [...new Set(tellings.map(({ tool }) => tool))].sort().slice(0, MOST_TOOLS),
    priority,
    meets,
    since: before && (goesOn || !isOpen) ? before.since : at,
    until: isOpen ? undefined : (before?.until ?? at),
    seen: Math.floor(Date.parse(last_seen) / SEEN) * SEEN,
    fresh: before ? before.fresh : fresh ? (true as const) : undefined,
    sample,
  });
}

function meetsOf(
  { repository = '', kinds, location, package: pack, exploited }: Weakness,
  { detail }: Alert,
): string[] {
  const meets = detail.credential === undefined ? [] : [MEETS.credential(detail.credential)];
  // What stands in the code may be one of a test; that it works is another matter.
  if (detail.secret !== undefined && detail.verified) meets.push(MEETS.secret(detail.secret));
  const path = location?.path ?? '';
  if (definitionsIn([path]).length > 0 && LETS_IN.test(plain(detail.rule ?? detail.title ?? ''))) {
    meets.push(MEETS.definition(repository, path), MEETS.change(repository, path));
  }
  const isMalicious = pack !== undefined && [...kinds, ...(detail.cwe ?? [])].some((kind) => MALICIOUS.test(kind));
  if (pack && (exploited || isMalicious)) meets.push(MEETS.dependency(pack.name));
  if (isMalicious) meets.push(MEETS.malicious(repository));
  return meets;
}

function plain(text: string): string {
  return text
    .slice(0, 300)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}
