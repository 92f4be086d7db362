// Payloads in the form of the webhooks' page and of the Web API's examples, shortened.
import type { SourceCase } from '../../source-case.ts';

const WEBHOOK = 'https://docs.sonarsource.com/sonarqube-server/discovering/integrations/webhooks';
const API = 'https://docs.sonarsource.com/sonarqube-server/extension-guide/web-api';
const revision = 'c739069ec7105e01303e8b3065a81141aad9f129';

function analysis(more: object): object {
  return {
    serverUrl: 'https://sonar.example',
    taskId: 'AVh21JS2JepAEhwQ-b3u',
    status: 'SUCCESS',
    analysedAt: '2026-03-01T10:00:00+0100',
    revision,
    project: { key: 'shop', name: 'Shop', url: 'https://sonar.example/dashboard?id=shop' },
    branch: { name: 'main', type: 'BRANCH', isMain: true, url: 'https://sonar.example/dashboard?id=shop' },
    qualityGate: {
      name: 'Sonar way',
      status: 'OK',
      conditions: [{ metric: 'new_coverage', operator: 'LESS_THAN', status: 'NO_VALUE', errorThreshold: '80' }],
    },
    properties: {},
    ...more,
  };
}

const issue = {
  key: '01fc972e-2a3c-433e-bcae-0bd7f88f5123',
  component: 'shop:src/login.ts',
  project: 'shop',
  rule: 'typescript:S2068',
  status: 'OPEN',
  message: 'Review this hard-coded value.',
  severity: 'BLOCKER',
  type: 'VULNERABILITY',
  line: 81,
  hash: 'a227e508d6646b55a086ee11d63b21e9',
  author: 'mara@example.org',
  creationDate: '2026-02-28T10:00:00+0100',
  updateDate: '2026-03-01T10:00:00+0100',
};

export const cases: readonly SourceCase[] = [
  {
    name: 'a project passes its gate',
    reference: WEBHOOK,
    record: { body: analysis({}), repository: 'acme/shop' },
    drafts: [
      {
        kind: 'alert',
        native_type: 'quality-gate',
        observed_at: Date.parse('2026-03-01T09:00:00Z'),
        vcs: { repository: { name: 'acme/shop' }, ref: { head: { name: 'main', revision } } },
        detail: { action: 'quality gate', tool: 'SonarQube', rule: 'Sonar way', title: 'Shop', level: 'OK' },
      },
    ],
  },
  {
    name: 'a pull request does not, for one of two conditions',
    reference: WEBHOOK,
    record: {
      body: analysis({
        branch: { name: '17', type: 'PULL_REQUEST', isMain: false },
        qualityGate: {
          name: 'Sonar way',
          status: 'ERROR',
          conditions: [
            {
              metric: 'new_security_rating',
              operator: 'GREATER_THAN',
              value: '4',
              status: 'ERROR',
              errorThreshold: '1',
            },
            {
              metric: 'new_reliability_rating',
              operator: 'GREATER_THAN',
              value: '1',
              status: 'OK',
              errorThreshold: '1',
            },
          ],
        },
      }),
    },
    drafts: [
      { kind: 'alert', vcs: { change: { id: '17' } }, detail: { action: 'quality gate', level: 'ERROR' } },
      { kind: 'alert', detail: { action: 'condition', rule: 'new_security_rating', title: 'Shop', level: 'ERROR' } },
    ],
  },
  {
    name: 'an analysis fails, so there is no gate',
    reference: WEBHOOK,
    record: {
      body: analysis({ status: 'FAILED', qualityGate: undefined, analysedAt: undefined, revision: undefined }),
    },
    drafts: [{ kind: 'alert', detail: { action: 'analysis', title: 'Shop', level: 'FAILED' } }],
  },
  {
    name: 'a page of issues',
    reference: `${API} api/issues/search`,
    record: {
      body: {
        paging: { pageIndex: 1, pageSize: 100, total: 2 },
        issues: [issue, { ...issue, severity: undefined, issueStatus: 'ACCEPTED', impacts: [{ severity: 'HIGH' }] }],
        components: [{ key: 'shop:src/login.ts', path: 'src/login.ts' }],
      },
    },
    drafts: [
      {
        kind: 'alert',
        native_type: 'issue',
        observed_at: Date.parse('2026-03-01T09:00:00Z'),
        detail: {
          action: 'open',
          tool: 'SonarQube',
          rule: 'typescript:S2068',
          title: 'Review this hard-coded value.',
          level: 'BLOCKER',
          location: { path: 'src/login.ts', line: 81 },
          cwe: ['CWE-798'],
          fingerprints: { key: '01fc972e-2a3c-433e-bcae-0bd7f88f5123' },
          first_seen: Date.parse('2026-02-28T09:00:00Z'),
        },
      },
      { kind: 'alert', detail: { action: 'accepted', level: 'HIGH' } },
    ],
  },
  {
    name: 'a page of security hotspots; a line that is none',
    reference: `${API} api/hotspots/search`,
    record: {
      body: {
        paging: { pageIndex: 1, pageSize: 100, total: 1 },
        hotspots: [
          {
            key: 'hotspot-0',
            component: 'shop:src/run.ts',
            project: 'shop',
            securityCategory: 'command-injection',
            vulnerabilityProbability: 'HIGH',
            status: 'TO_REVIEW',
            line: '10',
            message: 'Make sure this command is safe.',
            ruleKey: 'typescript:S4721',
          },
        ],
      },
    },
    drafts: [
      {
        kind: 'alert',
        detail: {
          action: 'to_review',
          rule: 'typescript:S4721',
          level: 'HIGH',
          location: { path: 'src/run.ts' },
          cwe: ['CWE-78'],
        },
      },
    ],
    notes: ['line: expected a number, found text'],
  },
];
