// What kind of test a scanner makes, by its name as reports write it: for what is covered and what is not.

export const TOOL_KINDS = ['sast', 'sca', 'secrets', 'iac', 'pipeline', 'dast', 'pentest', 'other'] as const;
export type ToolKind = (typeof TOOL_KINDS)[number];

/** As people call them. */
export const TOOL_KIND_NAMES: Readonly<Record<ToolKind, string>> = {
  sast: 'code (SAST)',
  sca: 'dependencies (SCA)',
  secrets: 'secrets',
  iac: 'infrastructure as code',
  pipeline: 'pipelines',
  dast: 'running application (DAST)',
  pentest: 'penetration test',
  other: 'other tools',
};

/** The first that fits; a tool that tests several things counts for the one it is best known for. */
const KINDS: readonly (readonly [ToolKind, RegExp])[] = [
  ['pentest', /^pen(?:etration)?[- ]?test/],
  ['pipeline', /^(?:zizmor|poutine|legitify|octoscan|actionlint|scorecard|raven)/],
  [
    'secrets',
    /^(?:gitleaks|betterleaks|trufflehog|git-secrets|ggshield|gitguardian|detect-secrets|noseyparker|kingfisher)/,
  ],
  ['iac', /^(?:checkov|tfsec|terrascan|kics|kube-?score|kubesec|kube-linter|snyk iac|hadolint|cfn)/],
  ['dast', /^(?:owasp zap|zap|zaproxy|nuclei|burp|nikto|arachni|invicti|acunetix|stackhawk|hawkscan|wapiti|dastardly)/],
  [
    'sca',
    /^(?:trivy|grype|osv|snyk open source|snyk container|dependency-?check|owasp dependency|npm audit|pip-?audit|cargo-?audit|govulncheck|clair|anchore|mend|black ?duck|dependabot)/,
  ],
  [
    'sast',
    /^(?:semgrep|opengrep|codeql|snyk code|sonar|bandit|gosec|brakeman|eslint|spotbugs|find-?sec-?bugs|findsecbugs|pmd|flawfinder|cppcheck|checkmarx|fortify|veracode|coverity|bearer|njsscan|mobsf|psalm|phpstan|devskim|horusec)/,
  ],
  // Snyk without more is its test of dependencies.
  ['sca', /^snyk/],
];

export function toolKindOf(tool: string): ToolKind {
  const name = tool.toLowerCase();
  return KINDS.find(([, pattern]) => pattern.test(name))?.[0] ?? 'other';
}
