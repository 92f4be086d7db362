// What an answer of AWS means. Many services answer 400 to nearly everything; what that means, the error's code says.

/** A credential that was taken back or has ended, and not one that lacks a right. */
const STALE = /ExpiredToken|UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId/;
const REFUSED = /AccessDenied|Signature|NotAuthorized|AuthFailure|MissingAuthenticationToken|OptInRequired/;
const BUSY = /Throttl|TooManyRequests|InternalService|ServiceUnavailable/;
const MISSING = /ResourceNotFound|NoSuchEntity/;
/** Secrets Manager: not valid for the state in which the secret is. */
const CONFLICT = /InvalidRequest/;

/** The status that says the same: 401 where another credential may help, 403, 404, 409, 503; else as it was answered. */
export function statusOf(status: number, code = ''): number {
  if (STALE.test(code)) return 401;
  if (REFUSED.test(code)) return 403;
  if (BUSY.test(code)) return 503;
  if (MISSING.test(code)) return 404;
  return CONFLICT.test(code) ? 409 : status;
}
