import { describe, expect, it } from 'vitest';
import { shown } from '../../services/console/text.ts';
import { cut, visible } from '../../services/core/visible.ts';

describe('text that plays tricks', () => {
  it('stays as it is when it plays none', () => {
    const text = 'häfen/checkout: 修復 – אבג ⚙️ build';
    expect(visible(text)).toBe(text);
  });

  it('shows what would repaint a terminal', () => {
    expect(visible('\u001b[31mred\u001b[0m \u001b]0;title\u0007 \u0000 \u007f \u009b')).toBe(
      '⟦ESC[31m⟧red⟦ESC[0m⟧ ⟦ESC⟧]0;title⟦BEL⟧ ⟦NUL⟧ ⟦DEL⟧ ⟦U+009B⟧',
    );
  });

  it('shows what would reorder it', () => {
    expect(visible('admin\u202Etxt.exe\u2066\u200F')).toBe('admin⟦U+202E⟧txt.exe⟦U+2066⟧⟦U+200F⟧');
  });

  it('shows what would be drawn as nothing', () => {
    expect(visible('a\u200Bb\uFEFFc\u00ADd\u3164e\u{E0041}f\uFE0F')).toBe(
      'a⟦U+200B⟧b⟦U+FEFF⟧c⟦U+00AD⟧d⟦U+3164⟧e⟦U+E0041⟧f⟦U+FE0F⟧',
    );
  });

  it('shows half a character, and what comes after four stacked accents', () => {
    expect(visible('\uD83D!')).toBe('⟦U+D83D⟧!');
    expect(visible(`a${'\u0301'.repeat(6)}`)).toBe(`a${'\u0301'.repeat(4)}⟦U+0301⟧⟦U+0301⟧`);
  });

  it('keeps the lines of what has lines, and marks them in what has not', () => {
    expect(shown('a\n\tb', true).join('')).toBe('a\n\tb');
    expect(visible('a\n\tb')).toBe('a⟦LF⟧⟦TAB⟧b');
    expect(shown('a\n[1mb', true).join('')).toBe('a\n[1mb');
  });

  it('cuts between characters', () => {
    expect(cut('ab🚀cd', 3)).toBe('ab…');
    expect(cut('ab🚀cd', 4)).toBe('ab🚀…');
    expect(cut('abcd', 4)).toBe('abcd');
  });

  it('sets apart what the redactor took out', () => {
    expect(shown('key=[redacted:aws-access-key:5b1f9c02] <b>').join('')).toBe(
      'key=<span class="redacted">[redacted:aws-access-key:5b1f9c02]</span> &lt;b&gt;',
    );
  });
});
