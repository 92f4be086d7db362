// One thing that `doctor` looked at.
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** What was found; for a check that does not hold, the mend too. */
  readonly note: string;
}
