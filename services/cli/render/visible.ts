// Text from logs and names is an attacker's: on a terminal, what could move the cursor or turn the line is shown instead.

/** Control characters (but the line feed), direction marks and zero-width characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to be found
const HIDDEN = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/g;

/** Each hidden character as its picture or its number: `␛` for escape, `⟨202E⟩`. */
export function visible(text: string): string {
  return text.replace(HIDDEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 0x20 ? String.fromCodePoint(0x2400 + code) : `⟨${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}
