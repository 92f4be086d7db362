// Who may decide about containment, as the configuration says it.
import { createDeciders, type Deciders } from '../responder/deciders.ts';
import type { Configuration } from './configuration.ts';

export function decidersOf({ identities, containment }: Configuration): Deciders {
  return createDeciders(identities, containment.approvers);
}
