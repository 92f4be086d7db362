// Text that a stranger writes and a pipeline may paste into a shell: titles, names of branches, comments. Everyday text is full
// of code, so a sign is only what makes a shell run something.
// https://docs.github.com/en/actions/concepts/security/script-injections

/** Programs that such text starts, followed by what a name of a branch or a sentence would not put there. */
const PROGRAM =
  '(?:[\\w.-]{1,20}/){0,3}(?:curl|wget|bash|sh|zsh|nc|ncat|python3?|perl|ruby|node|npx|bun|pwsh|base64|eval|printenv)(?=$|[\\s$;|&`{<>"\'])';
/** Space in a shell where a branch's name may have none. */
const NO_SPACE = /\$\{?IFS\b/;
/** No git hosting needs these in a branch's name. */
const BRANCH = new RegExp(`\\$\\(|\`|\\$\\{|(?:;|\\||&&)${PROGRAM}`);
/** Code in a title is quoted like this too, so it must fetch, or be run in place. */
const COMMAND = new RegExp(`\\$\\(\\s{0,3}${PROGRAM}|\`\\s{0,3}(?:curl|wget)\\s[^\`\\n]{1,200}\\|`);
/** Leaves the quotes of a command that it was pasted into. */
const BREAK_OUT = new RegExp(`["'][)\\]]?\\s{0,3}(?:;|&&|\\|\\|?)\\s{0,3}${PROGRAM}`);

export interface Texts {
  readonly branch?: string | undefined;
  readonly title?: string | undefined;
  readonly body?: string | undefined;
}

/** Where the sign stands; `branch` and `title` are pasted most, and hold no code for other reasons. */
export type SignPlace = 'branch' | 'title' | 'body';

/** The most telling place with such a sign. Looks at the first 4,000 characters of a body. */
export function signIn({ branch, title, body }: Texts): SignPlace | undefined {
  if (branch !== undefined && (BRANCH.test(branch.slice(0, 300)) || NO_SPACE.test(branch.slice(0, 300))))
    return 'branch';
  if (title !== undefined && hasCommand(title.slice(0, 500), true)) return 'title';
  return body !== undefined && hasCommand(body.slice(0, 4_000), false) ? 'body' : undefined;
}

/** A body quotes commands for other reasons, so only what leaves quotes or hides its spaces counts there. */
function hasCommand(text: string, short: boolean): boolean {
  if (NO_SPACE.test(text) || BREAK_OUT.test(text)) return true;
  return short && COMMAND.test(text);
}
