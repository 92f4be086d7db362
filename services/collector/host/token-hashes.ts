// What a scanner found and GitHub's audit log tells of are one credential: the log writes the hash of the token that was used.
import { createHash } from 'node:crypto';
import type { Redactor } from '../../redactor/redactor.ts';
import { quotedFingerprint } from '../weakness-ids.ts';

/** Feeds that quote what they found. */
const SCANNERS = new Set(['sarif', 'trufflehog', 'gitleaks']);
/** https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats */
const TOKEN = /\b(?:gh[pousr]_[A-Za-z0-9]{36,250}|github_pat_[A-Za-z0-9_]{40,250})\b/g;
const MOST = 1_000;

/**
 * By the fingerprint that stands in a token's place, its SHA-256 in base64. A token is random enough for its hash to tell nothing of
 * it, and GitHub shows the same one (`hashed_token`); of what people think up no hash is ever made.
 * https://docs.github.com/en/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/identifying-audit-log-events-performed-by-an-access-token
 */
export function tokenHashes(
  source: string,
  body: unknown,
  redactor: Redactor,
): ReadonlyMap<string, string> | undefined {
  if (!SCANNERS.has(source)) return undefined;
  const hashes = new Map<string, string>();
  for (const text of stringsIn(body)) {
    for (const [token] of text.matchAll(TOKEN)) {
      if (hashes.size >= MOST) return hashes;
      const fingerprint = quotedFingerprint(redactor.text(token).value);
      if (fingerprint !== undefined) hashes.set(fingerprint, createHash('sha256').update(token).digest('base64'));
    }
  }
  return hashes.size > 0 ? hashes : undefined;
}

/** However deep they stand: a hostile report is nested without end. */
function* stringsIn(body: unknown): Generator<string> {
  const left: unknown[] = [body];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === 'string') yield value;
    else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) left.push(inner);
  }
}
