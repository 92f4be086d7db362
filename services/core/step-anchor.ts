/** Where a step stands on the console's page of its run, behind `#`. `index`: from 0. */
export function stepAnchor(run: string, index: number): string {
  return `step-${run}-${index + 1}`;
}
