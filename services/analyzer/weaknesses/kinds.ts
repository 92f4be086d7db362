// What kind of weakness an alert is about, so that tools meet which name it by different CWEs, or by their rule's words alone.
import type { AlertDetail } from '../../core/details/alert.ts';

/** CWEs that scanners use for one and the same line; the first names the family (https://cwe.mitre.org/data/definitions/1003.html). */
const FAMILIES: readonly (readonly number[])[] = [
  [89, 564],
  [79, 80, 83, 87],
  [78, 77, 88],
  [22, 23, 36, 73],
  [94, 95, 96],
  [798, 259, 321, 547],
  [502, 915],
  [611, 776, 827],
  [327, 326, 328, 916],
  [330, 338],
  [295, 297, 299],
  [1333, 400, 730],
  [732, 276],
  [200, 209],
  [117, 93],
];
const FAMILY = new Map(FAMILIES.flatMap((family) => family.map((number) => [number, family[0] ?? number] as const)));

/** Kinds so broad that two findings of one line may have them for different reasons. */
const BROAD = new Set([16, 20, 74, 116, 664, 691, 693, 697, 703, 707, 710, 1035, 1104]);

/** Of rules that name no CWE, in plain words. */
const WORDS: readonly (readonly [number, readonly string[]])[] = [
  [89, ['sql injection', 'sqli']],
  [79, ['xss', 'cross site scripting']],
  [78, ['command injection', 'shell injection', 'os command']],
  [22, ['path traversal', 'directory traversal']],
  [918, ['ssrf', 'server side request forgery']],
  [352, ['csrf', 'cross site request forgery']],
  [611, ['xxe', 'xml external entity']],
  [502, ['deserialization', 'insecure deserialization', 'unsafe deserialization']],
  [601, ['open redirect']],
  [94, ['code injection', 'eval injection']],
  [1336, ['template injection', 'ssti']],
  [90, ['ldap injection']],
  [1321, ['prototype pollution']],
  [1333, ['redos']],
  [
    798,
    ['hardcoded secret', 'hardcoded password', 'hardcoded credential', 'hardcoded credentials', 'hard coded password'],
  ],
];

/** Tools that look for nothing but secrets. */
const SECRET_SCANNERS = new Set(['gitleaks', 'trufflehog', 'git-secrets', 'ggshield', 'detect-secrets']);

export function isSecret({ secret, tool }: AlertDetail): boolean {
  return secret !== undefined || SECRET_SCANNERS.has(tool?.toLowerCase() ?? '');
}

/** At least one: `CWE-89` for its whole family, `CVE-…` and the like of a dependency, else `rule:…`. */
export function kindsOf(detail: AlertDetail): readonly string[] {
  if (detail.vulnerabilities && detail.vulnerabilities.length > 0) return detail.vulnerabilities;
  const numbers = (detail.cwe ?? []).map((cwe) => Number(cwe.slice('CWE-'.length)));
  const told = numbers.filter((number) => !BROAD.has(number));
  const found = told.length > 0 ? told : isSecret(detail) ? [798] : inWords(detail);
  const kinds = new Set(found.map((number) => `CWE-${FAMILY.get(number) ?? number}`));
  return kinds.size > 0 ? [...kinds] : [`rule:${plain(detail.rule ?? detail.title ?? 'unnamed').trim()}`];
}

function inWords({ rule, title }: AlertDetail): readonly number[] {
  const words = plain(`${rule ?? ''} ${title ?? ''}`);
  return WORDS.flatMap(([number, phrases]) =>
    phrases.some((phrase) => words.includes(` ${phrase} `)) ? [number] : [],
  );
}

/** Small letters and digits with single blanks around each word. */
function plain(text: string): string {
  return ` ${text
    .slice(0, 1_000)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()} `;
}
