// How many alerts somebody can read, and whose they are: what the user sets instead of thresholds.

export interface AlertBudget {
  /** Alerts a week, over all. */
  readonly overall: number;
  /** Of single detectors, within the overall one. */
  readonly detectors: Readonly<Record<string, number>>;
  readonly teams: readonly Team[];
}

export interface Team {
  readonly name: string;
  /** Alerts a week, within the overall ones; absent: no budget of its own. */
  readonly perWeek?: number;
  /** Its repositories; `*` stands for anything but `/`, at the end for all that follows. */
  readonly repositories: readonly string[];
}

/** For up to a hundred active authors. */
export const DEFAULT_BUDGET: AlertBudget = { overall: 5, detectors: {}, teams: [] };

/** The first team that has the repository. */
export function teamOf(teams: readonly Team[], repository: string | undefined): string | undefined {
  if (repository === undefined) return undefined;
  return teams.find(({ repositories }) => repositories.some((pattern) => matches(pattern, repository)))?.name;
}

function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  const last = parts.length - 1;
  const source = parts.reduce((text, part, index) => `${text}${index === last && part === '' ? '.*' : '[^/]*'}${part}`);
  return new RegExp(`^${source}$`).test(name);
}
