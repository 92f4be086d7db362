import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRedactor } from '../../services/redactor/engine.ts';
import { kinds, makeExample, makeSecret, plantable } from '../helpers/secrets.ts';
const redactor = createRedactor({ key: new Uint8Array(32).fill(7) });
const clean = (t: string) => redactor.text(t).value;
const LABEL = ['RSA', 'PRIVATE', 'KEY'].join(' ');
const word = fc.oneof(
  fc.constantFrom('password=', 'token: ', '"secret": "', '://u:', '@h', 'Bearer ', '--token ', '[redacted:', ']', '\\n', '-', ':', '=', '--password ', '`', '\\"', ',', 'aws_secret_access_key', 'key', '\x1b[', '\x1b[0m', `-----BEGIN ${LABEL}-----`, `-----END ${LABEL}-----`, '%3D','AKIA','eyJ'),
  fc.string({ maxLength: 12 }),
  fc.tuple(fc.constantFrom(...kinds), fc.nat()).map(([kind, seed]) => makeExample(kind, seed).text),
  fc.tuple(fc.constantFrom(...plantable), fc.nat()).map(([kind, seed]) => makeSecret(kind, seed)),
  fc.tuple(fc.constantFrom(...plantable), fc.nat(), fc.nat(40)).map(([kind, seed,n]) => makeSecret(kind, seed).slice(n)),
  fc.tuple(fc.constantFrom(...plantable), fc.nat(), fc.nat(40)).map(([kind, seed,n]) => makeSecret(kind, seed).slice(0,n)),
  fc.constantFrom('\n', '\r\n', ' ', '\x1b[1m', '"', "'"),
);
it('idem', () => { fc.assert(fc.property(fc.array(word, { maxLength: 30 }), (w) => { const o = clean(w.join('')); expect(clean(o)).toBe(o); }), { numRuns: 60000 }); }, 200000);
it('chunks', () => { fc.assert(fc.property(fc.array(word, { maxLength: 30 }), fc.array(fc.nat(3000), { maxLength: 10 }), (w, p) => { const t = w.join(''); const s = redactor.stream(); let o = ''; let f = 0; for (const x of [...p].sort((a, b) => a - b)) { o += s.push(t.slice(f, x)); f = Math.max(f,x); } o += s.push(t.slice(f)); o += s.end(); expect(o).toBe(clean(t)); }), { numRuns: 15000 }); }, 200000);
it('json', () => { fc.assert(fc.property(fc.dictionary(fc.oneof(word,fc.constantFrom('password','token','secret','name','value')), fc.oneof(word, fc.array(word), fc.dictionary(word, word))), (v) => { const once = redactor.json(v, new Set()).value; expect(redactor.json(once, new Set()).value).toEqual(once); }), { numRuns: 15000 }); }, 200000);
