// What a registered value may look like besides itself. Base64, hexadecimal and the like are left to the engine, which
// decodes them and searches again; these would cost it more to find than they cost to register.

export interface Form {
  /** As a match tells them. */
  readonly encodings: readonly string[];
  write(value: Buffer): Buffer;
  /** The value behind what was found: its fingerprint is the same in every form. */
  read(written: Buffer): Buffer;
}

/** Of a value that is UTF-8; another has no such form. */
function textForm(encodings: readonly string[], write: (text: string) => string, read: (text: string) => string): Form {
  return {
    encodings,
    write: (value) => Buffer.from(write(value.toString())),
    read: (written) => Buffer.from(read(written.toString())),
  };
}

const json = (text: string) => JSON.stringify(text).slice(1, -1);
const fromJson = (text: string) => String(JSON.parse(`"${text}"`));
const beyondAscii = (text: string) =>
  text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const PLAIN: Form = { encodings: [], write: (value) => value, read: (written) => written };
const REVERSED: Form = {
  encodings: ['reversed'],
  write: (value) => Buffer.from(value).reverse(),
  read: (written) => Buffer.from(written).reverse(),
};
const TEXT_FORMS: readonly Form[] = [
  textForm(
    ['reversed'],
    (text) => [...text].reverse().join(''),
    (text) => [...text].reverse().join(''),
  ),
  textForm(['escaped'], json, fromJson),
  textForm(['escaped'], (text) => beyondAscii(json(text)), fromJson),
  textForm(
    ['escaped', 'escaped'],
    (text) => json(json(text)),
    (text) => fromJson(fromJson(text)),
  ),
  // Between double quotes, as `export -p` and `declare -x` write it.
  textForm(
    ['escaped'],
    (text) => text.replace(/["\\$`]/g, '\\$&'),
    (text) => text.replace(/\\(["\\$`])/g, '$1'),
  ),
  textForm(['escaped'], encodeURIComponent, decodeURIComponent),
  textForm(
    ['escaped'],
    (text) => new URLSearchParams({ '': text }).toString().slice(1),
    (text) => decodeURIComponent(text.replaceAll('+', ' ')),
  ),
];

/** The value, and each form in which it is written differently. */
export function formsOf(value: Buffer): ReadonlyMap<Form, Buffer> {
  const isText = Buffer.from(value.toString()).equals(value);
  const forms = new Map<Form, Buffer>();
  const seen = new Set<string>();
  for (const form of [PLAIN, REVERSED, ...(isText ? TEXT_FORMS : [])]) {
    const written = form.write(value);
    const key = written.toString('latin1');
    if (!seen.has(key)) forms.set(form, written);
    seen.add(key);
  }
  return forms;
}
