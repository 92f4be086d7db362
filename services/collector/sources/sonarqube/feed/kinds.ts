// Kinds of weakness of the rules that SonarQube's security analyzers have: its APIs tell an issue's rule, not its CWE. A rule
// has one number in all languages (https://rules.sonarsource.com); each of its pages names the CWE.
import type { AlertDetail } from '../../../../core/details/alert.ts';

const RULES: Readonly<Record<string, number>> = {
  S2068: 798,
  S6418: 798,
  S6437: 798,
  S3649: 89,
  S2077: 89,
  S5147: 943,
  S2076: 78,
  S4721: 78,
  S6350: 88,
  S5131: 79,
  S5247: 79,
  S6299: 79,
  S2083: 22,
  S6096: 22,
  S5144: 918,
  S5146: 601,
  S5135: 502,
  S2091: 643,
  S2078: 90,
  S5145: 117,
  S5334: 94,
  S1523: 94,
  S2631: 1333,
  S5852: 1333,
  S2755: 611,
  S4790: 328,
  S2245: 338,
  S5542: 327,
  S5547: 327,
  S4426: 326,
  S4423: 326,
  S4830: 295,
  S5527: 297,
  S5332: 319,
  S2612: 732,
  S4502: 352,
  S5122: 942,
  S5042: 409,
  S5443: 377,
  S2092: 614,
  S3330: 1004,
};

/** Of hotspots (api/hotspots/search, `securityCategory`). */
const CATEGORIES: Readonly<Record<string, number>> = {
  'sql-injection': 89,
  'command-injection': 78,
  'path-traversal-injection': 22,
  'ldap-injection': 90,
  'xpath-injection': 643,
  'log-injection': 117,
  rce: 94,
  xss: 79,
  csrf: 352,
  xxe: 611,
  ssrf: 918,
  'open-redirect': 601,
  'object-injection': 502,
  'weak-cryptography': 327,
  'buffer-overflow': 120,
};

/** `typescript:S2068`. */
export function kindOf(rule: string | undefined, category: string | undefined): AlertDetail['cwe'] {
  const number = RULES[/:(S\d{3,5})$/.exec(rule ?? '')?.[1] ?? ''] ?? CATEGORIES[category ?? ''];
  return number === undefined ? undefined : [`CWE-${number}`];
}
