// A name and its value as two fields: `name: DB_PASSWORD, value: …`, on one line or on two, as lists of variables have it.

/** The line prefix of a CI system. */
const PREFIX = String.raw`(?:[\dTZ:.+-]{1,40}[ \t])?`;
const VALUE_FIELD = String.raw`["']?(?:[Pp]arameter)?(?:[Vv]alue|VALUE|[Dd]efault)["']?[ \t]{0,4}[:=]`;

/** What stands between a name and its value then, the quotes of both left out. */
export const PAIRED: string = String.raw`[,;]?[ \t]{0,4}\{?(?:[ \t]{0,4}\r?\n${PREFIX})?[ \t]{0,40}${VALUE_FIELD}`;

/** The field that says how something is called, or a block of Terraform. */
const NAME_FIELD = String.raw`(?<!\w)(?:["']?(?:[Pp]arameter|[Vv]ariable|[Ee]nv)?_?(?:[Nn]ame|NAME|[Kk]ey|KEY)["']?[ \t]{0,4}[:=][ \t]{0,4}|variable[ \t]{1,4})["']?`;

const PAIR = new RegExp(`${NAME_FIELD}([\\w.-]{1,80})["']?[ \\t]{0,4}${PAIRED}[ \\t]{0,4}["'\`]?$`);

/** Ends what is such a pair; a look at the end is cheap. */
const END = /(?:alue|ALUE|efault)["']?[ \t]{0,4}[:=][ \t]{0,4}["'`]?$/;
const LONGEST_END = 24;

/** The name that the first field gives, from the text before the value; undefined: there are no two such fields. */
export function nameOfPair(before: string): string | undefined {
  return END.test(before.slice(-LONGEST_END)) ? PAIR.exec(before)?.[1] : undefined;
}

const OPENING = new RegExp(
  String.raw`^${PREFIX}[ \t]*(?:-[ \t]+|\{[ \t]*)?${NAME_FIELD}[\w.-]{1,80}["']?[ \t]{0,4}[,{]?[ \t]*\r?\n$`,
);

/** Whether a line holds the first of the two fields alone, so that the next may hold the second. */
export function opensPair(line: string): boolean {
  return OPENING.test(line);
}
