// Who called the API server: user, credential, address.
// https://kubernetes.io/docs/reference/access-authn-authz/authentication/
import type { Actor, Client, Credential } from '../../../../core/activity.ts';
import type { JsonObject } from '../../../../core/json.ts';
import { anyKnown, known, text, texts } from '../../../fields.ts';
import { isPipelineIssuer, type Origin, subjectOrigin } from '../../../token-subject.ts';

const ANONYMOUS = 'system:anonymous';
export const SERVICE_ACCOUNT = 'system:serviceaccount:';

/** Nobody, where nobody signed in. Names that begin with `system:` are kept for machines. */
export function actorOf(event: JsonObject): Actor | undefined {
  const name = userName(event);
  if (name === undefined || name === ANONYMOUS) return undefined;
  const [issuer] = name.split('#', 1);
  const machine = name.startsWith('system:') || isPipelineIssuer(issuer) || Object.keys(originOf(event)).length > 0;
  return known({ name, id: text(event, 'user', 'uid'), type: machine ? ('bot' as const) : ('unknown' as const) });
}

export function userName(event: JsonObject): string | undefined {
  return text(event, 'user', 'username');
}

/** The name of who comes with a token of another issuer begins with the issuer, up to `#`, unless a prefix is configured. */
export function originOf(event: JsonObject): Origin {
  const name = userName(event);
  return subjectOrigin(name?.slice(name.lastIndexOf('#') + 1));
}

/**
 * `JTI=…` of a token, which lasts an hour or so, `X509SHA256=…` of a client certificate.
 * https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/
 */
export function credentialOf(event: JsonObject): Credential | undefined {
  const [told] = texts(event, 'user', 'extra', 'authentication.kubernetes.io/credential-id') ?? [];
  const [, kind, id] = /^(JTI|X509SHA256)=(.+)$/s.exec(told ?? '') ?? [];
  if (id === undefined) return undefined;
  if (kind === 'X509SHA256') return { id, type: 'client certificate' };
  return { id: `jti:${id}`, type: userName(event)?.startsWith(SERVICE_ACCOUNT) ? 'service account token' : 'token' };
}

/** All addresses but the last are what the client says of itself. */
export function clientOf(event: JsonObject): Client | undefined {
  return anyKnown({ address: texts(event, 'sourceIPs')?.at(-1), user_agent: text(event, 'userAgent') });
}
