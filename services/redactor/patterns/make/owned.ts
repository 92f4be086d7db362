// Beginnings that one vendor has for itself, with a form that is known to the last character.

/** Anthropic: 93 characters, then two letters (see `anthropic-key`). What is longer may be a key with something behind. */
const FORMS = /^sk-ant-(?:api03|admin01)-[\w-]{0,95}$/;

/** What begins like this is judged by its own kind alone: one that knows no more than a prefix does not take what that left. */
export function isOwned(text: string): boolean {
  return FORMS.test(text);
}
