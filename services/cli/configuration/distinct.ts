// Lists of the configuration whose entries must not share a name.

export function distinct<Field extends string>(field: Field) {
  return (all: readonly Readonly<Record<Field, string>>[]) => new Set(all.map((one) => one[field])).size === all.length;
}
