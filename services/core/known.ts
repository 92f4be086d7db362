// Objects without what is not known: an absent field, and not one that is undefined.

type Known<Fields> = {
  [Key in keyof Fields as undefined extends Fields[Key] ? never : Key]: Fields[Key];
} & { [Key in keyof Fields as undefined extends Fields[Key] ? Key : never]?: Exclude<Fields[Key], undefined> };

/** The same object without the fields that are undefined: what is not known is absent. */
export function known<const Fields extends object>(fields: Fields): Known<Fields> {
  const found: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) if (value !== undefined) found[key] = value;
  return found as Known<Fields>;
}

/** Like `known`; undefined when nothing is. */
export function anyKnown<const Fields extends object>(fields: Fields): Known<Fields> | undefined {
  const found = known(fields);
  return Object.keys(found).length > 0 ? found : undefined;
}
