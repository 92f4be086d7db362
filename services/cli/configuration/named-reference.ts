// A secret that a setting may refer to, and what it is for; undefined where the setting has none.
export type NamedReference = readonly [name: string, reference: string | undefined];
