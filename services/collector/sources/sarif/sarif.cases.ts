// Reports in the form of the specification and of the tools that write it, shortened.
import type { SourceCase } from '../../source-case.ts';

const SPECIFICATION = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html';
const CODEQL = 'https://docs.github.com/en/code-security/codeql-cli/codeql-cli-reference/sarif-output';
const ZIZMOR = 'https://docs.zizmor.sh/usage/#sarif';
const GITLEAKS = 'https://github.com/gitleaks/gitleaks#reporting';

function report(run: object): { readonly body: object } {
  return { body: { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] } };
}

function at(uri: string, startLine?: number): object {
  return { physicalLocation: { artifactLocation: { uri }, ...(startLine && { region: { startLine } }) } };
}

export const cases: readonly SourceCase[] = [
  {
    name: 'CodeQL: a rule of an extension, named by its place',
    reference: CODEQL,
    record: report({
      tool: {
        driver: { name: 'CodeQL', semanticVersion: '2.16.0' },
        extensions: [
          {
            name: 'codeql/javascript-queries',
            rules: [
              {
                id: 'js/actions/command-injection',
                shortDescription: { text: 'Expression injection in Actions' },
                defaultConfiguration: { level: 'error' },
                properties: { tags: ['security', 'external/cwe/cwe-094'], 'security-severity': '9.3' },
              },
            ],
          },
        ],
      },
      versionControlProvenance: [
        {
          repositoryUri: 'https://github.com/acme/shop',
          revisionId: 'd6cd1e2bd19e03a81132a23b2025920577f84e37',
          branch: 'main',
        },
      ],
      invocations: [{ executionSuccessful: true, endTimeUtc: '2026-03-01T10:00:00Z' }],
      results: [
        {
          ruleId: 'js/actions/command-injection',
          rule: { id: 'js/actions/command-injection', index: 0, toolComponent: { index: 0 } },
          message: { text: 'Potential injection.' },
          locations: [at('.github/workflows/ci.yml', 17)],
          partialFingerprints: { primaryLocationLineHash: '39fa2ee980eb94b0:1' },
        },
      ],
    }),
    drafts: [
      {
        kind: 'alert',
        observed_at: Date.parse('2026-03-01T10:00:00Z'),
        vcs: {
          repository: { name: 'acme/shop' },
          ref: { head: { name: 'main', revision: 'd6cd1e2bd19e03a81132a23b2025920577f84e37' } },
        },
        detail: {
          action: 'reported',
          tool: 'CodeQL',
          rule: 'js/actions/command-injection',
          title: 'Expression injection in Actions',
          level: 'error',
          location: { path: '.github/workflows/ci.yml', line: 17 },
          score: 9.3,
          cwe: ['CWE-94'],
          fingerprints: { primaryLocationLineHash: '39fa2ee980eb94b0:1' },
        },
      },
    ],
  },
  {
    name: 'zizmor: a finding that is new, with its own level',
    reference: ZIZMOR,
    record: {
      repository: 'acme/shop',
      ...report({
        tool: { driver: { name: 'zizmor', rules: [{ id: 'zizmor/template-injection', name: 'template-injection' }] } },
        results: [
          {
            ruleId: 'zizmor/template-injection',
            ruleIndex: 0,
            level: 'warning',
            baselineState: 'new',
            message: { text: 'code injection via template expansion' },
            locations: [at('.github/workflows/release.yml', 3)],
          },
        ],
      }),
    },
    drafts: [
      {
        kind: 'alert',
        vcs: { repository: { name: 'acme/shop' } },
        detail: { action: 'new', tool: 'zizmor', rule: 'zizmor/template-injection', title: 'template-injection' },
      },
    ],
  },
  {
    name: 'Gitleaks: the snippet quotes the secret and is not kept',
    reference: GITLEAKS,
    record: report({
      tool: {
        driver: { name: 'gitleaks', rules: [{ id: 'generic-api-key', shortDescription: { text: 'Generic key' } }] },
      },
      results: [
        {
          ruleId: 'generic-api-key',
          message: { text: 'generic-api-key has detected secret for file src/config.ts.' },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: 'src/config.ts' },
                region: { startLine: 4, snippet: { text: 'three plain words' } },
              },
            },
          ],
        },
      ],
    }),
    drafts: [
      {
        kind: 'alert',
        detail: {
          rule: 'generic-api-key',
          title: 'Generic key',
          level: 'warning',
          location: { path: 'src/config.ts', line: 4 },
        },
      },
    ],
  },
  {
    name: 'what was suppressed is told, what passed is not',
    reference: `${SPECIFICATION}#_Toc34317638`,
    record: report({
      tool: { driver: { name: 'Checkov' } },
      results: [
        { ruleId: 'CKV_1', kind: 'pass', message: { text: 'fine' } },
        { ruleId: 'CKV_2', level: 'error', message: { text: 'open bucket' }, suppressions: [{ kind: 'inSource' }] },
        { ruleId: 'CKV_3', kind: 'review', message: { text: 'look at it' }, locations: [at('main.tf')] },
      ],
    }),
    drafts: [
      { kind: 'alert', detail: { action: 'suppressed', rule: 'CKV_2', title: 'open bucket', level: 'error' } },
      { kind: 'alert', detail: { action: 'reported', rule: 'CKV_3', level: 'none', location: { path: 'main.tf' } } },
    ],
  },
  {
    name: 'two runs, the first without a finding; a line that is none',
    reference: SPECIFICATION,
    record: {
      body: {
        version: '2.1.0',
        runs: [
          { tool: { driver: { name: 'Semgrep OSS' } }, results: [] },
          {
            tool: { driver: { name: 'Trivy' } },
            results: [
              {
                ruleId: 'CVE-2026-0001',
                level: 'note',
                message: { text: 'Package: left-pad' },
                locations: [
                  {
                    physicalLocation: {
                      artifactLocation: { uri: 'package-lock.json' },
                      region: { startLine: 'first' },
                    },
                  },
                ],
              },
            ],
          },
        ],
      },
    },
    drafts: [
      { kind: 'alert', detail: { action: 'clean', tool: 'Semgrep OSS' } },
      { kind: 'alert', detail: { tool: 'Trivy', rule: 'CVE-2026-0001', location: { path: 'package-lock.json' } } },
    ],
    notes: ['region.startLine: expected a number, found text'],
  },
  {
    name: 'Semgrep: kinds are tags; what it writes without an account is no fingerprint',
    reference: 'https://semgrep.dev/docs/semgrep-appsec-platform/json-and-sarif',
    record: report({
      tool: {
        driver: {
          name: 'Semgrep OSS',
          rules: [
            {
              id: 'javascript.lang.security.audit.sqli',
              properties: { tags: ['CWE-89: Improper Neutralization', 'OWASP-A03:2021 - Injection', 'security'] },
            },
          ],
        },
      },
      results: [
        {
          ruleId: 'javascript.lang.security.audit.sqli',
          message: { text: 'A query is put together from text.' },
          fingerprints: { 'matchBasedId/v1': 'requires login' },
          locations: [at('src/search.ts', 41)],
        },
      ],
    }),
    drafts: [{ kind: 'alert', detail: { cwe: ['CWE-89'], location: { path: 'src/search.ts', line: 41 } } }],
  },
  {
    name: 'Trivy: a package, its version, and the one without the vulnerability',
    reference: 'https://trivy.dev/docs/latest/configuration/reporting/#sarif',
    record: report({
      tool: { driver: { name: 'Trivy', rules: [{ id: 'CVE-2026-0001', properties: { 'security-severity': '8.1' } }] } },
      results: [
        {
          ruleId: 'CVE-2026-0001',
          ruleIndex: 0,
          level: 'error',
          message: {
            text: 'Package: left-pad\nInstalled Version: 1.0.0\nVulnerability CVE-2026-0001\nSeverity: HIGH\nFixed Version: 1.0.1\nLink: [CVE-2026-0001](https://avd.aquasec.com/nvd/cve-2026-0001)',
          },
          locations: [at('package-lock.json', 1)],
        },
      ],
    }),
    drafts: [
      {
        kind: 'alert',
        detail: {
          score: 8.1,
          vulnerabilities: ['CVE-2026-0001'],
          package: { name: 'left-pad', version: '1.0.0', fixed_version: '1.0.1' },
        },
      },
    ],
  },
  {
    name: 'Snyk: its own id, that of others in brackets, the package as a logical place',
    reference: 'https://docs.snyk.io/developer-tools/snyk-cli/commands/test#sarif',
    record: report({
      tool: {
        driver: {
          name: 'Snyk Open Source',
          rules: [
            {
              id: 'SNYK-JS-LEFTPAD-1234567',
              shortDescription: { text: 'High severity - Prototype Pollution vulnerability in left-pad' },
              fullDescription: { text: '(CVE-2026-0001) left-pad@1.0.0' },
              properties: { tags: ['security', 'CWE-1321', 'npm'], 'security-severity': '8.1' },
            },
          ],
        },
      },
      results: [
        {
          ruleId: 'SNYK-JS-LEFTPAD-1234567',
          level: 'error',
          message: { text: 'This file introduces a vulnerable left-pad package with a high severity vulnerability.' },
          locations: [
            {
              physicalLocation: { artifactLocation: { uri: 'package.json' }, region: { startLine: 1 } },
              logicalLocations: [{ fullyQualifiedName: 'left-pad@1.0.0' }],
            },
          ],
        },
      ],
    }),
    drafts: [
      {
        kind: 'alert',
        detail: {
          cwe: ['CWE-1321'],
          vulnerabilities: ['SNYK-JS-LEFTPAD-1234567', 'CVE-2026-0001'],
          package: { name: 'left-pad', version: '1.0.0' },
        },
      },
    ],
  },
];
