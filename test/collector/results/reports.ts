// Reports as tools write them, small; tests of what is made of them share these.
import { contentId } from '../../../services/core/json.ts';

export interface Place {
  readonly path: string;
  readonly line?: number;
  /** The line's code; a fingerprint is made of it as the tool would. */
  readonly code?: string;
}

/** Of Semgrep without an account: kinds as tags, no fingerprint that means anything. */
export function semgrep(places: readonly Place[], kind = 'CWE-89: SQL Injection'): object {
  return sarifOf('Semgrep OSS', 'javascript.lang.security.audit.sqli', [kind, 'security'], places, () => ({
    fingerprints: { 'matchBasedId/v1': 'requires login' },
  }));
}

export function codeql(places: readonly Place[], kind = 'external/cwe/cwe-089'): object {
  return sarifOf('CodeQL', 'js/sql-injection', ['security', kind], places, ({ code }) =>
    code === undefined ? {} : { partialFingerprints: { primaryLocationLineHash: `${contentId(code).slice(0, 16)}:1` } },
  );
}

/** A tool that quotes the code. */
export function snippets(places: readonly Place[]): object {
  return sarifOf('Quoter', 'sql', ['CWE-89'], places, () => ({}), true);
}

export function sarifOf(
  name: string,
  rule: string,
  tags: readonly string[],
  places: readonly Place[],
  more: (place: Place) => object = () => ({}),
  quoting = false,
): object {
  const rules = [{ id: rule, properties: { tags, 'security-severity': '8.8' } }];
  const results = places.map((place) => ({
    ruleId: rule,
    message: { text: 'A query is put together from text.' },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: place.path },
          region: {
            ...(place.line && { startLine: place.line }),
            ...(quoting && place.code && { snippet: { text: place.code } }),
          },
        },
      },
    ],
    ...more(place),
  }));
  return { version: '2.1.0', runs: [{ tool: { driver: { name, rules } }, results }] };
}

/** A page of `api/issues/search`. */
export function sonar(places: readonly Place[], total = places.length): object {
  const issues = places.map(({ path, line }) => ({
    key: contentId('sonar', path, line ?? 0),
    rule: 'typescript:S3649',
    component: `shop:${path}`,
    project: 'shop',
    status: 'OPEN',
    severity: 'BLOCKER',
    message: 'Do not put queries together from text.',
    ...(line && { line }),
  }));
  return { paging: { pageIndex: 1, pageSize: 500, total }, issues };
}
