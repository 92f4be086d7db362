// Who may decide about a run: whom the configuration lets, but never whom the incident is about, nor who began the run.
import type { Target } from '../core/action.ts';
import { accountKey, loginKey } from '../core/identity/actor.ts';
import { createAliases, keysNamed, type Person } from '../core/identity/aliases.ts';
import type { Incident } from '../core/incident.ts';
import type { PlaybookRun } from '../core/playbook.ts';

export interface Deciders {
  /** The configured person whose account, address or name it is. */
  personOf(name: string): string | undefined;
  /** Why somebody may not decide at all, as a sentence; undefined where they may. */
  refusal(by: string): string | undefined;
  /** The same, about this run. */
  objection(by: string, run: PlaybookRun, incident: Incident | undefined): string | undefined;
}

/** Who decided what no person did (`AuditEntry.actor`). */
const OURSELVES = 'pipewarden';

/** `approvers`: the people that may; `*`: all of `people`; none: anybody who has a name. */
export function createDeciders(people: readonly Person[], approvers: readonly string[]): Deciders {
  const aliases = createAliases(people);
  const names = new Map(people.map(({ person }) => [person.toLowerCase(), person]));
  const allowed = new Set(approvers.includes('*') ? names.values() : approvers);

  const personOf = (name: string) => names.get(name.toLowerCase()) ?? aliases.personOf(keysNamed(name));

  /** Whom a key belongs to: a person where one is configured, else only itself. */
  const ownerOf = (key: string) => (personOf(key) ?? key).toLowerCase();

  function refusal(by: string): string | undefined {
    // In the audit trail that is nobody.
    if (by.toLowerCase() === OURSELVES) return `${OURSELVES} is no person`;
    if (approvers.length === 0) return undefined;
    const person = personOf(by);
    if (person !== undefined && allowed.has(person)) return undefined;
    return `${by} is not among those who may decide: \`containment.approvers\``;
  }

  return {
    personOf,
    refusal,
    objection(by, run, incident) {
      const owner = ownerOf(by);
      // A name that is nobody's in the configuration may be that login of any system.
      const isLogin = (key: string) => personOf(by) === undefined && loginIn(key) === owner;
      if (subjectsOf(run, incident).some((key) => ownerOf(key) === owner || isLogin(key))) {
        return `the incident is about ${by}: somebody else has to say it`;
      }
      if (startersOf(run).some((starter) => ownerOf(starter) === owner)) {
        return `${by} began this run: somebody else has to say it`;
      }
      return refusal(by);
    },
  };
}

/** Every account that the incident or the run names, as keys. */
function subjectsOf(run: PlaybookRun, incident: Incident | undefined): readonly string[] {
  const targets = [...(incident?.targets ?? []), ...run.steps.map(({ target }) => target)];
  const actors = [...(incident?.entities ?? []), ...targets].filter(({ type }) => type === 'actor');
  return [...actors.map(({ id }) => id), ...targets.flatMap(accountsOf)];
}

/** Whose it is, by login and by its system's own id, as keys. */
export function accountsOf({ system, account, account_id: id }: Target): readonly string[] {
  return [
    ...(account === undefined ? [] : [loginKey(account, system)]),
    ...(id === undefined || system === undefined ? [] : [accountKey(id, system)]),
  ];
}

/** `mara` of `github:mara`. */
function loginIn(key: string): string | undefined {
  return /^[a-z-]+:(\S+)$/i.exec(key)?.[1]?.toLowerCase();
}

function startersOf({ audit }: PlaybookRun): readonly string[] {
  return audit.flatMap(({ action, actor }) =>
    action === 'playbook-run.created' && actor !== OURSELVES ? [actor] : [],
  );
}
