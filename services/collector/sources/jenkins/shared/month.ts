// English months, as Java and NCSA logs shorten them.

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Mar` → `03`. */
export function monthNumber(name: string | undefined): string | undefined {
  const index = MONTHS.indexOf(name ?? '');
  return index < 0 ? undefined : String(index + 1).padStart(2, '0');
}
