// People and services, as Azure DevOps names them.
import type { Actor } from '../../../../core/activity.ts';
import type { Json } from '../../../../core/json.ts';
import { anyKnown, text } from '../../../fields.ts';

/**
 * An `IdentityRef`. Its unique name is an e-mail address or `domain\name`; services run under `Build\…` and the like.
 * https://learn.microsoft.com/en-us/rest/api/azure/devops/git/pull-requests/get-pull-request#identityref
 */
export function actorOf(identity: Json | undefined): Actor | undefined {
  const unique = text(identity, 'uniqueName');
  const display = text(identity, 'displayName');
  return named(unique ?? display, text(identity, 'id'), isService(unique) || isService(display));
}

/** By user principal name; `type` where a service did it. */
export function named(unique: string | undefined, id: string | undefined, service: boolean): Actor | undefined {
  const name = unique?.slice(unique.lastIndexOf('\\') + 1);
  const email = name?.includes('@') && !name.includes(' ') ? name.toLowerCase() : undefined;
  const found = anyKnown({ name: name === '' ? undefined : name, id, email });
  return found && { ...found, type: service ? 'bot' : 'unknown' };
}

/** The accounts that builds and the system itself act under. */
const SERVICE =
  /^(?:Build\\|AgentPool\\|LOCAL AUTHORITY\\)|(?:^| )(?:Build Service|Project Collection Service|Microsoft\.VisualStudio\.Services)|^Azure DevOps (?:System|Service)/;

export function isService(name: string | undefined): boolean {
  return name !== undefined && SERVICE.test(name);
}
