// Look-alikes that are code and what tools print of it: minified files, sources that handle secrets, data in addresses.
import type { Random } from '../../../sample/random.ts';
import { base64, camel, draw, type Family, hex, letters, snake, word } from './draw.ts';

const SHORT = 'abcdefghijklmnopqrstuvwxyz';
const VLQ = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function minified(random: Random): string {
  const v = () => draw(random, SHORT, random.int(1, 2));
  const parts = Array.from({ length: random.int(6, 14) }, () =>
    random.pick([
      `function ${v()}(${v()},${v()}){return ${v()}.${word(random)}(${v()}[${random.int(0, 99)}])}`,
      `${v()}.exports={${word(random)}:"${word(random)}",${word(random)}:${random.int(0, 9999)}}`,
      `var ${v()}=${v()}(${random.int(100, 99_999)}),${v()}=${v()}.n(${v()})`,
      `${v()}&&${v()}.token!==${v()}.token?${v()}(${v()}):void 0`,
      `this.password=${v()}.password||""`,
      `{key:"${word(random)}",value:function(){return this._${word(random)}}}`,
      `"${word(random)}"===${v()}.type&&(${v()}.secret=!${random.int(0, 1)})`,
    ]),
  );
  return `!${parts.join(',')};`;
}

function encodedData(random: Random): string {
  const mappings = Array.from({ length: 40 }, () => draw(random, VLQ, random.pick([4, 5])));
  return random.pick([
    `background:url(data:image/png;base64,iVBORw0KGgoAAAANSUhEUg${base64(random, 90)})`,
    `<img src="data:image/gif;base64,R0lGODlh${base64(random, 60)}">`,
    `{"version":3,"sources":["${word(random)}.ts"],"names":[],"mappings":"${mappings.join(',')}"}`,
    `//# sourceMappingURL=data:application/json;base64,${Buffer.from(`{"version":3,"file":"${word(random)}.js"}`).toString('base64')}`,
    `src:url(data:font/woff2;base64,d09GMgABAAAAA${base64(random, 120)})format("woff2")`,
    `00000${hex(random, 2)}0  ${hex(random, 32).replace(/..(?=.)/g, '$& ')}  |${letters(random, 16)}|`,
  ]);
}

function source(random: Random): string {
  const name = camel(random, 2);
  return random.pick([
    `  password: z.string().min(12),`,
    `const token = await ${name}.getToken({ audience });`,
    `    api_key = os.environ["${snake(random, 2).toUpperCase()}_API_KEY"]`,
    `-  token: \${{ secrets.${snake(random, 2).toUpperCase()} }}`,
    `  secretKey: process.env.${snake(random, 2).toUpperCase()},`,
    `func (c *Client) SetToken(token string) error {`,
    `private final String password = config.getPassword();`,
    `    auth: { token: this.${name}.token, refreshToken: undefined },`,
    `warning: unused variable: \`${snake(random, 2)}_token\` --> src/${word(random)}.rs:${random.int(1, 900)}:9`,
    `error TS2345: Argument of type '{ apiKey: string | undefined; }' is not assignable to parameter of type '${name}Options'.`,
    `    password_hash = bcrypt.hash(password, rounds)`,
    `let secret: Option<String> = args.secret.or_else(|| env::var("SECRET").ok());`,
    `public_key = var.${snake(random, 2)}_public_key`,
    `export TOKEN=$(vault kv get -field=token secret/${word(random)})`,
    `curl -H "Authorization: Bearer $TOKEN" -u "$USER:$PASSWORD" https://api.example.com/${word(random)}`,
    `mysql -u root -p"\${MYSQL_ROOT_PASSWORD}" < ${word(random)}.sql`,
  ]);
}

function listing(random: Random): string {
  return random.pick([
    `-rw-r--r-- 1 root root ${random.int(100, 99_999)} Jan 12 10:${random.int(10, 59)} ${word(random)}.token.d.ts`,
    `create mode 100644 ${word(random)}/${camel(random, 2)}Password.java`,
    `_ZN4core3fmt9Formatter${random.int(3, 30)}${snake(random, 3)}17h${hex(random, 16)}E`,
    `0x${hex(random, 16)} ${word(random)}::${word(random)}<${word(random)}>(${word(random)}&) + ${random.int(1, 900)}`,
    `${hex(random, 16)} T _${camel(random, 3)}`,
    `[${random.int(1, 900)}/${random.int(900, 2000)}] Building CXX object src/CMakeFiles/${word(random)}.dir/${snake(random, 2)}.cc.o`,
    `g++ -DHAVE_${snake(random, 2).toUpperCase()}_KEY=1 -O2 -fstack-protector-strong -c ${word(random)}.cpp`,
    `CVE-2026-${random.int(1000, 50_000)} GHSA-${letters(random, 4)}-${letters(random, 4)}-${letters(random, 4)} high severity`,
  ]);
}

export const code: readonly Family[] = [
  { name: 'minified code', make: minified },
  { name: 'data in code', make: encodedData },
  { name: 'source', make: source },
  { name: 'listing', make: listing },
];
