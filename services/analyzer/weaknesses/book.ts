// The weaknesses of the repositories of one partition: what is told of them in, what has changed out.
import type { Activity, ActivityOf } from '../../core/activity.ts';
import { contentId } from '../../core/json.ts';
import { known as knownFields } from '../../core/known.ts';
import type { StateChange, StateEntry } from '../../core/ports/event-log.ts';
import { SeenWindow } from '../../core/seen-window.ts';
import type { Instant } from '../../core/time.ts';
import type { Weakness } from '../../core/weakness.ts';
import type { WeaknessWord } from '../../core/weakness-word.ts';
import { type Alert, type Known, merge, missing, reconsidered, scopeOfAlert, tell } from './known.ts';
import { marksOf } from './marks.ts';
import { matchOf, metBy } from './match.ts';
import { type Facts, isLately } from './priority.ts';
import { createShelf } from './shelf.ts';
import { has, ticketJoins, withTickets } from './ticketed.ts';
import { createTickets, heardOf, ofWeakness } from './tickets.ts';
import { createWords } from './words.ts';

/** Of a partition: some 3 kB each. */
export const MOST_WEAKNESSES = 50_000;
const MOST_SCOPES = 5_000;
/** Reports of one scope that are known to have been read to their end. */
const MOST_REPORTS = 20;
/** Alerts that stand in no report. */
const REMEMBERED_ALERTS = 4_096;

export interface Book {
  /** False: the entry is somebody else's. Throws SyntaxError on a damaged one. */
  restore(entry: StateEntry): boolean;
  take(activity: Activity): void;
  /** Since the last call. `dropped`: how many are not followed, `forgotten`: how many tickets gave way, for want of room. */
  flush(): {
    readonly state: readonly StateChange[];
    readonly weaknesses: readonly Weakness[];
    /** For correlation. */
    readonly words: readonly WeaknessWord[];
    readonly dropped: number;
    readonly forgotten: number;
  };
}

export function createBook(most = MOST_WEAKNESSES): Book {
  const tickets = createTickets();
  const shelf = createShelf(most);
  const facts = new Map<string, Facts>();
  const closed = new Map<string, readonly string[]>();
  /** Scopes that handed in a complete report. */
  const whole = new Set<string>();
  const words = createWords();
  const seen = new SeenWindow(REMEMBERED_ALERTS);
  const changed = new Map<string, Weakness>();
  const state = new Map<string, string | null>();
  let dropped = 0;

  function put(known: Known, at: Instant, alert?: Alert, fresh?: boolean): void {
    shelf.put(known);
    words.told(known, at, alert, fresh);
    changed.set(known.weakness.id, known.weakness);
    state.set(`weakness/${known.weakness.id}`, JSON.stringify(known));
  }

  function drop(id: string): void {
    shelf.remove(id);
    words.drop(id);
    state.set(`weakness/${id}`, null);
  }

  function factsOf(repository: string | undefined): Facts {
    return facts.get(repository ?? '') ?? {};
  }

  function take(activity: Activity): void {
    if (activity.kind === 'alert') hear(activity);
    else if (activity.kind === 'ticket') hearTicket(activity);
    else note(activity);
  }

  function hear(activity: Alert): void {
    if (!TOLD_BY.has(activity.source) || activity.native_type === 'quality-gate') return;
    const { action, report } = activity.detail;
    if (report && closed.get(scopeKey(activity))?.includes(report.id)) return;
    if (action === 'scan') end(activity);
    if (action === 'scan' || action === 'clean' || action === 'more') return;
    if (!report && !seen.add(activity.id)) return;
    const marks = marksOf(activity);
    const own = factsOf(activity.vcs?.repository?.name);
    const found = matchOf(activity, marks, shelf);
    if (!found && shelf.full) {
      dropped += 1;
      return;
    }
    // A name that no other weakness had before: where it was first seen may have been left by another.
    let known = ticketed(tell(found, found?.weakness.id ?? contentId('weakness', activity.id), activity, marks, own));
    for (const other of metBy(known, activity, marks, shelf)) {
      const [first, second] = other.weakness.first_seen < known.weakness.first_seen ? [other, known] : [known, other];
      const [both, merged] = merge(first, second, own, activity.observed_at);
      known = both;
      words.merged(merged, both, activity.observed_at);
      drop(merged.id);
      changed.set(merged.id, merged);
    }
    put(known, activity.observed_at, activity, !found && whole.has(scopeKey(activity)));
  }

  function end(scan: Alert): void {
    const { report } = scan.detail;
    const repository = scan.vcs?.repository?.name;
    if (!report) return;
    if (report.complete) {
      for (const before of shelf.told(repository ?? '', scopeOfAlert(scan))) {
        const now = missing(before, scopeOfAlert(scan), report.id, factsOf(repository), scan.observed_at);
        if (now !== before) put(now, scan.observed_at);
      }
      look(scopeKey(scan));
    }
    const key = scopeKey(scan);
    remember(key, [report.id, ...(closed.get(key) ?? [])].slice(0, MOST_REPORTS));
  }

  function look(scope: string): void {
    if (whole.has(scope)) return;
    whole.add(scope);
    state.set(`whole/${scope}`, '');
    for (const oldest of whole) {
      if (whole.size <= MOST_SCOPES) break;
      whole.delete(oldest);
      state.set(`whole/${oldest}`, null);
    }
  }

  function remember(key: string, reports: readonly string[]): void {
    closed.delete(key);
    closed.set(key, reports);
    state.set(`reports/${key}`, JSON.stringify(reports));
    for (const oldest of closed.keys()) {
      if (closed.size <= MOST_SCOPES) break;
      closed.delete(oldest);
      state.set(`reports/${oldest}`, null);
    }
  }

  function note(activity: Activity): void {
    const { repository } = activity.vcs ?? {};
    if (!repository) return;
    const before = factsOf(repository.name);
    const deploys = activity.kind === 'deployment' && !UNDONE.test(activity.detail.action);
    const now: Facts = knownFields({
      deployed: deploys ? Math.max(before.deployed ?? 0, activity.observed_at) : before.deployed,
      environment: (deploys ? activity.detail.environment : undefined) ?? before.environment,
      public: repository.visibility === undefined ? before.public : repository.visibility === 'public',
    });
    if (JSON.stringify(now) === JSON.stringify(before)) return;
    facts.set(repository.name, now);
    state.set(`repository/${repository.name}`, JSON.stringify(now));
    const at = activity.observed_at;
    // A deployment a day changes nothing but the date.
    if (now.public === before.public && isLately(before.deployed, at) === isLately(now.deployed, at)) return;
    for (const known of shelf.of(repository.name)) {
      const after = reconsidered(known, now, at);
      if (after !== known) put(after, at);
    }
  }

  /** With those that were told before it. */
  function ticketed(known: Known): Known {
    return withTickets(known, tickets.joined([ofWeakness(known.weakness.id), ...ticketJoins(known)]));
  }

  /** Of whichever repository: those that it names, and those that it named before. */
  function hearTicket(activity: ActivityOf<'ticket'>): void {
    const heard = heardOf(activity);
    if (!tickets.put(heard)) return;
    const named = (activity.detail.weaknesses ?? []).flatMap((id) => shelf.get(id) ?? []);
    const found = [...heard.joins, has(heard.ticket)].flatMap((join) => shelf.marked(join));
    for (const before of new Set([...named, ...found])) {
      const now = withTickets(before, [heard]);
      if (now !== before) put(now, activity.observed_at);
    }
  }

  return {
    restore(entry) {
      if (seen.restore(entry) || words.restore(entry) || tickets.restore(entry)) return true;
      const [, kind, name = ''] = /^(weakness|reports|repository|whole)\/(.*)$/s.exec(entry.key) ?? [];
      if (kind === 'weakness') shelf.put(JSON.parse(entry.value));
      else if (kind === 'reports') closed.set(name, JSON.parse(entry.value));
      else if (kind === 'repository') facts.set(name, JSON.parse(entry.value));
      else if (kind === 'whole') whole.add(name);
      return kind !== undefined;
    },
    take,
    flush() {
      for (const { weakness } of shelf.surplus()) drop(weakness.id);
      const said = words.flush();
      const { state: heard, forgotten } = tickets.flush();
      const outcome = {
        forgotten,
        state: [...seen.flush(), ...said.state, ...heard, ...[...state].map(([key, value]) => ({ key, value }))],
        weaknesses: [...changed.values()],
        words: said.words,
        dropped,
      };
      state.clear();
      dropped = 0;
      changed.clear();
      return outcome;
    },
  };
}

/** Whether it tells of weaknesses, or of what makes them weigh. */
export function weighsIn({ kind, vcs }: Activity): boolean {
  if (kind === 'alert' || kind === 'deployment' || kind === 'ticket') return true;
  return vcs?.repository?.visibility !== undefined && (kind === 'push' || kind === 'repository');
}

/** Feeds of scanners; what a sensor or a forge calls an alert is told of elsewhere. */
const TOLD_BY: ReadonlySet<string> = new Set(
  'sarif sonarqube zap trufflehog gitleaks git-secrets legitify pentest'.split(' '),
);

/** Nothing runs there because of it. */
const UNDONE = /fail|error|reject|cancel|declin|inactive|queued|pending|waiting|requested|delet|destroy/i;

function scopeKey(alert: Alert): string {
  return contentId(alert.vcs?.repository?.name ?? '', scopeOfAlert(alert));
}
