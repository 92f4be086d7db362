// What a registered value may look like besides itself. Base64, hexadecimal and the like are left to the engine, which
// decodes them and searches again; these would cost it more to find than they cost to register.
import { latin1 } from '../scan/view.ts';

export type Form = 'plain' | 'reversed' | 'escaped' | 'url';

export interface Written {
  readonly form: Form;
  readonly bytes: Uint8Array;
}

/** The value, and each form in which it is written differently. */
export function formsOf(value: Uint8Array): readonly Written[] {
  const text = Buffer.from(value).toString();
  const forms: Written[] = [
    { form: 'plain', bytes: value },
    { form: 'reversed', bytes: Buffer.from(value).reverse() },
  ];
  // What is no UTF-8 has no such forms.
  if (!Buffer.from(text).equals(value)) return forms;
  const others: Written[] = [
    { form: 'escaped', bytes: Buffer.from(JSON.stringify(text).slice(1, -1)) },
    { form: 'url', bytes: Buffer.from(encodeURIComponent(text.toWellFormed())) },
  ];
  return [...forms, ...others.filter(({ bytes }) => !Buffer.from(bytes).equals(value))];
}

/** The value behind what was found, one character a byte: its fingerprint is the same in every form. */
export function plainOf(form: Form, bytes: Uint8Array): string {
  switch (form) {
    case 'plain':
      return latin1(bytes);
    case 'reversed':
      return latin1(Buffer.from(bytes).reverse());
    case 'escaped':
      return Buffer.from(String(JSON.parse(`"${Buffer.from(bytes).toString()}"`))).toString('latin1');
    case 'url':
      return Buffer.from(decodeURIComponent(Buffer.from(bytes).toString())).toString('latin1');
  }
}
