// Names of the public catalogues that findings refer to, and links into them.
// https://owasp.org/www-project-top-10-ci-cd-security-risks/ and https://attack.mitre.org/tactics/enterprise/.
import { type Html, html } from './html.ts';
import { name } from './text.ts';

const OWASP: Readonly<Record<string, string>> = {
  'CICD-SEC-1': 'Insufficient flow control',
  'CICD-SEC-2': 'Identity and access management',
  'CICD-SEC-3': 'Dependency chain abuse',
  'CICD-SEC-4': 'Poisoned pipeline execution',
  'CICD-SEC-5': 'Pipeline-based access controls',
  'CICD-SEC-6': 'Credential hygiene',
  'CICD-SEC-7': 'Insecure system configuration',
  'CICD-SEC-8': 'Third-party services',
  'CICD-SEC-9': 'Artifact integrity',
  'CICD-SEC-10': 'Logging and visibility',
};

const TACTICS: Readonly<Record<string, string>> = {
  TA0043: 'Reconnaissance',
  TA0042: 'Resource development',
  TA0001: 'Initial access',
  TA0002: 'Execution',
  TA0003: 'Persistence',
  TA0004: 'Privilege escalation',
  TA0005: 'Defense evasion',
  TA0006: 'Credential access',
  TA0007: 'Discovery',
  TA0008: 'Lateral movement',
  TA0009: 'Collection',
  TA0011: 'Command and control',
  TA0010: 'Exfiltration',
  TA0040: 'Impact',
};
const TACTIC_ORDER = Object.keys(TACTICS);
const TECHNIQUE = /^T\d{4}(\.\d{3})?$/;

export function owaspTag(id: string): Html {
  const known = OWASP[id];
  if (!known) return html`<span class="tag">${name(id)}</span>`;
  return tag('https://owasp.org/www-project-top-10-ci-cd-security-risks/', html`${id} <small>${known}</small>`);
}

/** An ATT&CK technique (`T1552.001`) or tactic (`TA0006`). */
export function attackTag(id: string): Html {
  const tactic = TACTICS[id];
  if (tactic) return tag(`https://attack.mitre.org/tactics/${id}/`, html`${id} <small>${tactic}</small>`);
  if (!TECHNIQUE.test(id)) return html`<span class="tag">${name(id)}</span>`;
  return tag(`https://attack.mitre.org/techniques/${id.replace('.', '/')}/`, html`ATT&amp;CK ${id}`);
}

function tag(href: string, content: Html): Html {
  return html`<a class="tag" href="${href}" rel="noreferrer">${content}</a>`;
}

/** Tactics in the order of an attack, by name. */
export function tacticNames(ids: readonly string[]): readonly string[] {
  return [...ids].sort((a, b) => TACTIC_ORDER.indexOf(a) - TACTIC_ORDER.indexOf(b)).map((id) => TACTICS[id] ?? id);
}
