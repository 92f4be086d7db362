// How scanners name kinds of weakness, vulnerabilities and packages, in one spelling each.
import type { AlertDetail, AlertPackage } from '../core/details/alert.ts';
import { markersIn } from '../redactor/marker.ts';
import { known } from './fields.ts';
import { parsePurl } from './purl.ts';

/** Of each sort, of one finding. */
const MOST = 20;

const CWE = /\bcwe[-:_/ ]?0{0,4}([1-9]\d{0,4})\b/gi;

/** `CWE-79` of `external/cwe/cwe-079`, `CWE-79: Improper …`, `cwe:79`; each once, undefined where there is none. */
export function cwesIn(texts: readonly (string | undefined)[]): AlertDetail['cwe'] {
  return found(texts, CWE, (_all, number) => `CWE-${number}`);
}

/** A number alone, as ZAP and lists write it; zero and less stand for none (https://cwe.mitre.org). */
export function cweOf(text: string | undefined): AlertDetail['cwe'] {
  return cwesIn([/^\d{1,5}$/.test(text ?? '') ? `CWE-${text}` : text]);
}

/** https://cve.mitre.org/cve/identifiers/syntaxchange.html, https://ossf.github.io/osv-schema/#id-modified-fields */
const VULNERABILITY =
  /\b(?:CVE-\d{4}-\d{4,9}|GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}|(?:RUSTSEC|PYSEC|MAL|GO)-\d{4}-\d{1,9}|SNYK-[A-Z0-9]{1,20}(?:-[A-Z0-9]{1,80}){1,2})\b/g;

export function vulnerabilitiesIn(texts: readonly (string | undefined)[]): AlertDetail['vulnerabilities'] {
  return found(texts, VULNERABILITY, (id) => id);
}

function found(
  texts: readonly (string | undefined)[],
  pattern: RegExp,
  name: (...match: readonly string[]) => string,
): readonly string[] | undefined {
  const names = new Set<string>();
  for (const text of texts) {
    // What names an id is short; the rest of a description speaks of other ones.
    for (const match of (text ?? '').slice(0, 1_000).matchAll(pattern)) {
      if (names.size < MOST) names.add(name(...match));
    }
  }
  return names.size === 0 ? undefined : [...names];
}

/** `lodash@4.17.15`, `@scope/name@1.0.0`. */
export function versionedPackage(text: string | undefined): AlertPackage | undefined {
  const at = text?.lastIndexOf('@') ?? -1;
  if (text === undefined || at < 1 || /\s/.test(text)) return undefined;
  return known({ name: text.slice(0, at), version: text.slice(at + 1) || undefined });
}

/** Undefined for what is no package URL. */
export function purlPackage(purl: string | undefined): AlertPackage | undefined {
  const read = parsePurl(purl);
  return read?.name === undefined ? undefined : known({ name: read.name, version: read.version, purl });
}

/** Of what a scanner quoted, once the redactor has put a fingerprint in its place. */
export function quotedFingerprint(quoted: string | undefined): string | undefined {
  return markersIn(quoted ?? '')[0]?.fingerprint;
}
