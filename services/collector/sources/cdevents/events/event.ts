// What a mapper of a CDEvent works with.
import type { Actor, Vcs } from '../../../../core/activity.ts';
import { actorType } from '../../../../core/identity/bots.ts';
import type { Json, JsonObject } from '../../../../core/json.ts';
import { text } from '../../../fields.ts';
import { repositoryName } from '../../../repository-name.ts';
import type { Piece } from '../../../source.ts';

export interface CdEvent {
  /** What it is about and what happened: `artifact`, `published`. */
  readonly about: string;
  readonly predicate: string;
  readonly subject: JsonObject;
  /** Of the subject; empty where there is none. */
  readonly content: JsonObject;
  readonly source?: string;
}

export type Mapper = (event: CdEvent) => Piece;

/** A user is a name or `urn:user:name`. */
export function actorOf(user: string | undefined): Actor | undefined {
  const name = user?.replace(/^urn:[^:]*:/, '');
  if (!name) return undefined;
  return { name, type: actorType({ name }) };
}

/** A `repository` object: its id is `owner/name` by the specification's examples, else owner and name, else the address. */
export function repositoryOf(repository: Json | undefined): Vcs['repository'] {
  const id = text(repository, 'id');
  const owner = text(repository, 'owner');
  const plain = text(repository, 'name');
  const named = owner !== undefined && plain !== undefined ? `${owner}/${plain}` : undefined;
  const address = text(repository, 'url') ?? text(repository, 'uri');
  const name = named ?? (id?.includes('/') && !id.includes(':') ? id : undefined) ?? repositoryName(address) ?? id;
  return name === undefined ? undefined : { name };
}
