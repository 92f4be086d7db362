// GitHub's expressions: which secrets they name, and which hold what a stranger wrote. Syntax:
// https://docs.github.com/en/actions/reference/workflows-and-actions/expressions.

/** Longest expression that is looked into. */
const EXPRESSION_LIMIT = 2_000;

/** What stands within `${{ … }}`, each with its offset in the text. */
export function expressionsIn(text: string): readonly { readonly text: string; readonly at: number }[] {
  const found: { text: string; at: number }[] = [];
  for (let start = text.indexOf('${{'); start >= 0; start = text.indexOf('${{', start + 3)) {
    const end = text.slice(start, start + EXPRESSION_LIMIT).indexOf('}}');
    if (end > 0) found.push({ text: text.slice(start + 3, start + end).trim(), at: start });
  }
  return found;
}

const SECRET = /\bsecrets(?:\.([A-Za-z_][\w-]{0,200})|\[\s{0,9}(?:'([^']{1,200})'|"([^"]{1,200})")\s{0,9}\])?/g;

/** Names of the secrets that an expression uses; `*`: all (`toJSON(secrets)`), or one that it works out itself. */
export function secretsIn(expression: string): readonly string[] {
  const found = new Set<string>();
  for (const { index, 0: whole, 1: dotted, 2: single, 3: double } of expression.matchAll(SECRET)) {
    // `needs.build.outputs.secrets`, `inputs.secrets` are no secrets.
    if (/[.\w-]$/.test(expression.slice(0, index))) continue;
    const name = dotted ?? single ?? double;
    if (name !== undefined) found.add(name);
    else if (/^\s*(?:\)|\[|$)/.test(expression.slice(index + whole.length))) found.add('*');
  }
  if (/(?:^|[^\w.])github\.token\b/.test(expression)) found.add('github.token');
  return [...found];
}

/**
 * Contexts that a stranger fills: those whose name ends so
 * (https://docs.github.com/en/actions/concepts/security/script-injections).
 */
const UNTRUSTED =
  /\bgithub\.(?:head_ref\b|event\.(?:workflow_run\.head_branch\b|[\w.*[\]-]{0,200}\.(?:body|default_branch|email|head_ref|label|message|name|page_name|ref|title)\b))/;

/** Of the repository itself, its owner or the organization: nobody from outside chooses these. */
const TRUSTED = /\bgithub\.event\.(?:repository|organization|enterprise|sender|installation)\./g;

/** The expressions of a text that paste in what a stranger wrote. */
export function untrustedIn(text: string): readonly string[] {
  const found = expressionsIn(text)
    .map((expression) => expression.text)
    .filter((expression) => isUntrusted(expression));
  return [...new Set(found)];
}

export function isUntrusted(expression: string): boolean {
  return UNTRUSTED.test(expression.replaceAll(TRUSTED, 'trusted.'));
}
