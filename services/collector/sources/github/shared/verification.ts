// Whether a commit's signature holds, as forges say beside it (`verification`).
// https://docs.github.com/en/rest/commits/commits (Signature verification object), https://docs.gitea.com/api/ (PayloadCommitVerification)
import type { ActivityDetails } from '../../../../core/activity.ts';
import type { Json } from '../../../../core/json.ts';
import { flag, text } from '../../../fields.ts';

type Verdict = ActivityDetails['commit']['signature'];

const REASONS: ReadonlyMap<string, Verdict> = new Map([
  ['unsigned', 'none'],
  ['gpg.error.not_signed_commit', 'none'],
  ['invalid', 'bad'],
  ['malformed_signature', 'bad'],
  ['gpg.error.probable_bad_signature', 'bad'],
  ['gpg.error.probable_bad_default_signature', 'bad'],
]);

/** `unknown` where nothing is said, or where the key is not known to the forge. */
export function signatureOf(verification: Json | undefined): Verdict {
  if (flag(verification, 'verified')) return 'good';
  return REASONS.get(text(verification, 'reason') ?? '') ?? 'unknown';
}
