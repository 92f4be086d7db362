// What the user sets, and what calibration answers.

/** Alerts a week that somebody can read. A detector's or team's own budget is part of the overall one, not beside it. */
export interface Budget {
  readonly overall: number;
  readonly detectors?: Readonly<Record<string, number>>;
  readonly teams?: Readonly<Record<string, number>>;
}

export function detectorBudget({ detectors = {} }: Budget, id: string): number | undefined {
  return Object.hasOwn(detectors, id) ? detectors[id] : undefined;
}

export function teamBudget({ teams = {} }: Budget, team: string | undefined): number | undefined {
  return team !== undefined && Object.hasOwn(teams, team) ? teams[team] : undefined;
}

export interface Judgement {
  /** How many of at least this surprise come a week from this detector: comparable across detectors. */
  readonly perWeek: number;
  /** Bits from which on the detector raises. */
  readonly bar: number;
  /** `hold`: above the bar, but the budget is spent. `below`: the bar of the detector or of the team. */
  readonly verdict: 'raise' | 'hold' | 'below';
  /** Four weeks have passed since its first candidate; before, rates lean on the detector's word. */
  readonly enough: boolean;
}

/**
 * For severities and texts, as a multiple of the budget: `common` comes more often than all alerts together may, `very-rare` at
 * most once in the time of ten alerts (at five a week: every two weeks; at one in five weeks: every year).
 */
export type Rarity = 'common' | 'unusual' | 'rare' | 'very-rare';

export function rarity({ perWeek }: Pick<Judgement, 'perWeek'>, { overall }: Budget): Rarity {
  if (perWeek > overall) return 'common';
  if (perWeek > overall / 3) return 'unusual';
  return perWeek > overall / 10 ? 'rare' : 'very-rare';
}
