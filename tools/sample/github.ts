// The parts that GitHub's payloads share, trimmed to the fields that say something.
// https://docs.github.com/en/webhooks/webhook-events-and-payloads and
// https://docs.github.com/en/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/audit-log-events-for-your-organization
import type { JsonObject } from '../../services/core/json.ts';
import type { Elsewhere } from './acts.ts';
import { numberOf } from './ids.ts';
import { type Account, PEOPLE, type Place } from './people.ts';
import { ORGANIZATION } from './recorder.ts';
import { placeAt } from './whereabouts.ts';

const ORGANIZATION_ID = numberOf('organization', 8);

export function user(account: Account): JsonObject {
  return { login: account.login, id: account.id, type: account.type };
}

export function signature(account: Account, date: string): JsonObject {
  return { name: account.name, email: account.email, username: account.login, date };
}

function repositoryOf(name: string): JsonObject {
  return {
    id: numberOf(`repository/${name}`, 9),
    name,
    full_name: `${ORGANIZATION}/${name}`,
    private: name !== 'handbook',
    visibility: name === 'handbook' ? 'public' : 'private',
    owner: { login: ORGANIZATION, id: ORGANIZATION_ID, type: 'Organization' },
    fork: false,
    default_branch: 'main',
  };
}

/** What every webhook of a repository ends with. */
export function context(repository: string, sender: Account): JsonObject {
  return {
    repository: repositoryOf(repository),
    organization: { login: ORGANIZATION, id: ORGANIZATION_ID },
    sender: user(sender),
  };
}

/** Without a repository: what concerns the actor or the organization alone. */
export function auditContext(actor: Account, repository?: string): JsonObject {
  return {
    actor: actor.login,
    actor_id: actor.id,
    actor_is_bot: actor.type === 'Bot',
    org: ORGANIZATION,
    org_id: ORGANIZATION_ID,
    ...(repository === undefined ? {} : auditRepository(repository)),
  };
}

function auditRepository(name: string): JsonObject {
  return {
    repo: `${ORGANIZATION}/${name}`,
    repo_id: numberOf(`repository/${name}`, 9),
    public_repo: name === 'handbook',
  };
}

export function auditToken(account: Account): JsonObject {
  const { hashed, id, type, scopes } = account.token;
  return {
    hashed_token: hashed,
    token_id: id,
    programmatic_access_type: type,
    ...(scopes ? { token_scopes: scopes } : {}),
  };
}

export function auditClient(place: Pick<Place, 'address' | 'country'>, agent: string): JsonObject {
  return { actor_ip: place.address, actor_location: { country_code: place.country }, user_agent: agent };
}

/** The address of the dependency bot's service. */
const BOT_PLACE: Place = { address: '192.0.2.130', country: 'US', zone: 'utc' };

/** Where an account acts from, and with what for git and for the API. */
export function origin(
  account: Account,
  at: number,
  from?: Elsewhere,
): { readonly place: Place; readonly git: string; readonly client: string; readonly ssh: boolean } {
  if (from) return { place: from.place, git: from.agent, client: from.agent, ssh: false };
  const person = PEOPLE.find((one) => one.login === account.login);
  if (!person) return { place: BOT_PLACE, git: 'lumen-deps/5.2.0', client: 'lumen-deps/5.2.0', ssh: false };
  return {
    place: placeAt(person, at),
    git: person.git,
    client: person.client,
    ssh: person.transport === 'ssh',
  };
}
