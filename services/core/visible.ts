// Makes characters visible that would otherwise hide, reorder or repaint text: names and logs are written by attackers.
// Unicode properties: https://www.unicode.org/reports/tr44/; the threat: https://www.unicode.org/reports/tr36/.

const ESCAPE = '\u001b';

const HIDDEN = new RegExp(
  [
    // A terminal's colour code (ECMA-48 SGR) counts as one: build logs are full of them.
    String.raw`${ESCAPE}\[[\d;]{0,32}m`,
    // Controls, bidi and other format characters, separators, private use, halves of pairs, and whatever else a font draws
    // as nothing. A variation selector after an emoji is what it is for.
    String.raw`(?!(?<=\p{Extended_Pictographic})[\uFE0E\uFE0F])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}]`,
    // The fifth and later of stacked combining marks.
    String.raw`(?<=\p{M}{4})\p{M}`,
  ].join('|'),
  'gu',
);

/** Names of U+0000 to U+001F (ISO/IEC 646). */
const CONTROLS: readonly string[] =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  );

export interface Piece {
  readonly text: string;
  /** Set: `text` stands for what could not be shown itself. */
  readonly mark?: 'hidden' | 'colour';
}

/** Text cut into what may be shown as it is and marks for the rest. `lines`: line feeds and tabs stay as they are. */
export function pieces(text: string, lines = false): Piece[] {
  const result: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(HIDDEN)) {
    if (lines && (match[0] === '\n' || match[0] === '\t')) continue;
    if (match.index > end) result.push({ text: text.slice(end, match.index) });
    result.push(match[0].startsWith(`${ESCAPE}[`) ? colour(match[0]) : { text: markOf(match[0]), mark: 'hidden' });
    end = match.index + match[0].length;
  }
  if (end < text.length) result.push({ text: text.slice(end) });
  return result;
}

/** The same as one string, for where no markup fits: attributes and titles. */
export function visible(text: string): string {
  return pieces(text)
    .map((piece) => piece.text)
    .join('');
}

/** At most `limit` UTF-16 units and an ellipsis; never half a character. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const unit = text.charCodeAt(limit - 1);
  const half = unit >= 0xd800 && unit <= 0xdbff;
  return `${text.slice(0, half ? limit - 1 : limit)}…`;
}

function colour(code: string): Piece {
  return { text: `⟦ESC${code.slice(1)}⟧`, mark: 'colour' };
}

/** ⟦ESC⟧ for controls that have a name, ⟦U+202E⟧ for the others: plain letters, since few fonts draw ␛. */
function markOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const named = code === 0x7f ? 'DEL' : CONTROLS[code];
  return `⟦${named ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`}⟧`;
}
