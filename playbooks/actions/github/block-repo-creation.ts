// Keeps members of an organization from making repositories, which worms do to publish what they took.
import { defineAction } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import { isObject, type Json } from '../../../services/core/json.ts';
import { field } from '../answer.ts';
import { organizationPath } from './paths.ts';

const ID = 'github.block-repo-creation';
/** `internal` is there in organizations of an enterprise alone, and refused in others. */
const FIELDS = [
  'members_can_create_repositories',
  'members_can_create_public_repositories',
  'members_can_create_private_repositories',
  'members_can_create_internal_repositories',
] as const;
const ALWAYS = FIELDS.slice(0, 3);

export const blockRepoCreation = defineAction({
  id: ID,
  kind: 'block-repo-creation',
  title: 'Keep members of an organization from creating repositories',
  system: 'github',
  target: 'organization',
  permissions: ['organization administration: write'],
  reversible: true,
  undoing: 'Sets back who may create repositories.',
  reference: 'https://docs.github.com/en/rest/orgs/orgs#update-an-organization',
  proof: 'schema',

  async look(target, api, signal) {
    const path = organizationPath(ID, target);
    const { body } = await ask(api, { method: 'GET', path }, [200], signal);
    const told = FIELDS.filter((name) => typeof field(body, name) === 'boolean');
    if (told.length === 0) {
      const problem = 'who may create repositories is shown to owners alone, and the credential is none of theirs';
      throw new PipewardenError('API_REFUSED', { method: 'GET', path, status: 200, problem });
    }
    return { state: Object.fromEntries(told.map((name) => [name, field(body, name)])) };
  },

  intend(target, state) {
    const names = state === undefined ? ALWAYS : FIELDS.filter((name) => field(state, name) !== null);
    return {
      summary: `Keep members of ${target.id} from creating repositories.`,
      changes: [
        {
          method: 'PATCH',
          path: organizationPath(ID, target),
          body: Object.fromEntries(names.map((name) => [name, false])),
          accepts: [200],
        },
      ],
      blast_radius: ['Members, and automation of theirs, cannot create or fork repositories there; owners still can.'],
    };
  },

  holds(_target, state) {
    const isOpen = FIELDS.some((name) => field(state, name) === true);
    return isOpen ? undefined : 'Members cannot create repositories.';
  },

  undo(target, before) {
    const body: Json = isObject(before) ? before : {};
    return Object.keys(body).length === 0
      ? []
      : [{ method: 'PATCH', path: organizationPath(ID, target), body, accepts: [200] }];
  },
});
