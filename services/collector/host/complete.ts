// What the host adds to every draft, whichever source made it: who the actor is, one spelling for credentials, and what
// local databases know of addresses. What the record states itself is never replaced.
import type { Activity, Actor, Client, Credential } from '../../core/activity.ts';
import { accountsOf, actorKeys } from '../../core/identity/actor.ts';
import { type Aliases, NO_ALIASES } from '../../core/identity/aliases.ts';
import { actorType } from '../../core/identity/bots.ts';
import { credentialId } from '../../core/identity/credential.ts';
import type { Instant } from '../../core/time.ts';
import { known } from '../fields.ts';
import { type Networks, NO_NETWORKS } from '../networks/networks.ts';
import type { ActivityDraft } from '../source.ts';

/** What the configuration knows that records do not. */
export interface Knowledge {
  readonly aliases: Aliases;
  readonly networks: Networks;
}

export const NO_KNOWLEDGE: Knowledge = { aliases: NO_ALIASES, networks: NO_NETWORKS };

export type CompleteDraft = ActivityDraft & Pick<Activity, 'looked_up'>;

/** `source`: the feed that the draft was made of. Pure but for what the databases say; done twice it changes nothing. */
export function completed(draft: ActivityDraft, source: string, { aliases, networks }: Knowledge): CompleteDraft {
  const looked = new Map<string, Instant>();
  const provider = accountsOf({ ...draft, source });
  const actor = actorOf(draft, provider);
  const person = actor && (aliases.personOf(actorKeys({ ...draft, source, actor })) ?? actor.person);
  const client = draft.client && withFacts(draft.client, 'client', networks, looked);
  const whole: ActivityDraft = {
    ...draft,
    ...(actor && { actor: known({ ...actor, person }) }),
    ...(draft.credential && { credential: completeCredential(draft.credential, provider) }),
    ...(client && { client }),
  };
  if (whole.kind === 'connection') {
    const detail = withFacts(whole.detail, 'detail', networks, looked);
    return { ...whole, detail, ...told(looked) };
  }
  return { ...whole, ...told(looked) };
}

function actorOf({ actor, detail }: ActivityDraft, provider: string | undefined): Actor | undefined {
  if (!actor) return undefined;
  const claimed = 'committer' in detail && actor.name !== undefined && detail.author.name === actor.name;
  return known({
    ...actor,
    display: actor.display ?? (claimed || undefined),
    email: actor.email?.toLowerCase(),
    type: actorType(actor, provider),
  });
}

function completeCredential(credential: Credential, provider: string | undefined): Credential {
  const also = credential.also?.map((id) => credentialId(id, provider));
  return known({ ...credential, id: credentialId(credential.id, provider), also });
}

type Addressed = Pick<Client, 'address' | 'asn' | 'country_iso_code'>;

function withFacts<Part extends Addressed>(
  part: Part,
  path: string,
  networks: Networks,
  looked: Map<string, Instant>,
): Part {
  if (part.address === undefined) return part;
  const { asn, country } = networks.of(part.address);
  const added: { asn?: number; country_iso_code?: string } = {};
  if (part.asn === undefined && asn) {
    added.asn = asn.value;
    looked.set(`${path}.asn`, asn.built);
  }
  if (part.country_iso_code === undefined && country) {
    added.country_iso_code = country.value;
    looked.set(`${path}.country_iso_code`, country.built);
  }
  return { ...part, ...added };
}

function told(looked: ReadonlyMap<string, Instant>): Pick<Activity, 'looked_up'> {
  return looked.size === 0 ? {} : { looked_up: Object.fromEntries(looked) };
}
