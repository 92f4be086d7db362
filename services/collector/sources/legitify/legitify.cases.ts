// Reports in the forms of `--output-format json` with the schemes of the README.
import type { SourceCase } from '../../source-case.ts';

const README = 'https://github.com/Legit-Labs/legitify#output-options';
const SCHEMES = 'https://github.com/Legit-Labs/legitify#output-schemes';
const POLICIES = 'https://legitify.dev/';

const policyInfo = {
  title: 'Default Branch Should Be Protected',
  description: 'Branch protection is not enabled.',
  policyName: 'missing_default_branch_protection',
  fullyQualifiedPolicyName: 'data.repository.missing_default_branch_protection',
  severity: 'MEDIUM',
  threat: ['Any contributor may push code.'],
  remediationSteps: ['Enable branch protection.'],
  namespace: 'repository',
};
const violation = {
  violationEntityType: 'repository',
  canonicalLink: 'https://github.com/acme/shop',
  aux: null,
  status: 'FAILED',
};
const flat = { [policyInfo.fullyQualifiedPolicyName]: { policyInfo, violations: [violation] } };
const found = {
  action: 'violated',
  tool: 'Legitify',
  rule: 'missing_default_branch_protection',
  title: 'Default Branch Should Be Protected',
  level: 'MEDIUM',
  location: { path: 'https://github.com/acme/shop' },
};

export const cases: readonly SourceCase[] = [
  {
    name: 'a repository whose default branch is not protected',
    reference: README,
    record: { body: { type: 'flattened', content: flat } },
    drafts: [{ kind: 'alert', native_type: 'violation', vcs: { repository: { name: 'acme/shop' } }, detail: found }],
  },
  {
    name: 'grouped by severity, one group without a violation',
    reference: SCHEMES,
    record: {
      body: {
        type: 'group-by-severity',
        content: { MEDIUM: flat, HIGH: { 'data.member.stale': { policyInfo, violations: [] } } },
      },
    },
    drafts: [{ kind: 'alert', detail: found }],
  },
  {
    name: 'an older report is the content alone',
    reference: README,
    record: { body: flat },
    drafts: [{ kind: 'alert', detail: found }],
  },
  {
    name: 'an organization is no repository; what passed or was skipped is no finding',
    reference: POLICIES,
    record: {
      body: {
        type: 'flattened',
        content: {
          'data.organization.two_factor_authentication_not_required_for_org': {
            policyInfo: { ...policyInfo, policyName: 'two_factor', severity: 'HIGH', namespace: 'organization' },
            violations: [
              { ...violation, violationEntityType: 'organization', canonicalLink: 'https://github.com/acme' },
              { ...violation, status: 'PASSED' },
              { ...violation, status: 'SKIPPED' },
            ],
          },
        },
      },
    },
    drafts: [
      { kind: 'alert', detail: { rule: 'two_factor', level: 'HIGH', location: { path: 'https://github.com/acme' } } },
    ],
  },
  {
    name: 'nothing was violated',
    reference: README,
    record: { body: { type: 'flattened', content: {} } },
    drafts: [{ kind: 'alert', detail: { action: 'clean', tool: 'Legitify' } }],
  },
  {
    name: 'a link that is none',
    reference: README,
    record: {
      body: { type: 'flattened', content: { x: { policyInfo, violations: [{ ...violation, canonicalLink: 7 }] } } },
    },
    drafts: [{ kind: 'alert', detail: { rule: 'missing_default_branch_protection' } }],
    notes: ['canonicalLink: expected text, found a number'],
  },
];
