// Whom or what an activity is about.

export const ENTITY_TYPES = [
  'actor',
  'credential',
  'repository',
  'pipeline',
  'job',
  'run',
  'runner',
  'address',
  'organization',
] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];

/**
 * An entity by type and id. Ids: actor = e-mail (lower case) or login; credential = the system's token hash or key
 * fingerprint; repository = `owner/name`; pipeline = `owner/name:path or name`; job = `pipeline#job`;
 * run = `owner/name/run id`; runner = its name; address = IP address; organization = its login.
 */
export interface Entity {
  readonly type: EntityType;
  readonly id: string;
}

/** The partition key of an entity: `actor:mara@example.org`. */
export function entityKey(entity: Entity): string {
  return `${entity.type}:${entity.id}`;
}
