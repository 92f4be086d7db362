// Disables the entity of an account in Vault: none of its tokens is taken any more, batch tokens neither, and it cannot sign in.
// The audit device writes entities as they are, so nothing has to be looked for.
import { type Change, defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { entries, field } from '../answer.ts';
import { flag } from '../flag.ts';
import { labels } from '../label.ts';
import { invalid } from '../target.ts';
import { dataOf, within } from './paths.ts';

const ID = 'vault.disable-entity';
const ENTITY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const disableEntity = defineAction({
  id: ID,
  kind: 'suspend-user',
  title: 'Disable an entity of Vault or OpenBao',
  system: 'vault',
  target: 'actor',
  permissions: ['identity/entity/id/+: read, update'],
  reversible: true,
  undoing: 'Enables the entity again: its tokens that have not ended meanwhile are good again.',
  reference: 'https://openbao.org/api-docs/secret/identity/entity/#update-entity-by-id',
  proof: 'real',

  async look(target, api, signal) {
    const request = within(ID, target, { method: 'GET', path: entityPath(target) } as const);
    const entity = dataOf((await ask(api, request, [200], signal)).body);
    const disabled = flag(request, entity, 'disabled');
    const mounts = entries(field(entity, 'aliases')).map((alias) => field(alias, 'mount_path'));
    return { state: { disabled }, touches: mounts.length === 0 ? [] : [`It signs in at ${labels(mounts)}.`] };
  },

  intend(target) {
    return {
      summary: `Disable the entity ${target.account_id} of Vault.`,
      changes: [change(target, true)],
      blast_radius: [
        'Its tokens are refused, and it cannot sign in, by whichever method.',
        'Every run that signs in under the same name is the same entity: of a repository that may be all of its pipelines.',
        'What it was given on lease stays good where it was made: revoke that as well.',
      ],
    };
  },

  holds: (_target, state) => (field(state, 'disabled') === true ? 'The entity is disabled.' : undefined),

  undo(target, before, now) {
    if (field(before, 'disabled') !== false || field(now, 'disabled') !== true) return [];
    return [change(target, false)];
  },
});

function change(target: Target, disabled: boolean): Change {
  return within(ID, target, { method: 'POST', path: entityPath(target), body: { disabled }, accepts: [200, 204] });
}

/** Throws TARGET_INVALID. */
function entityPath(target: Target): string {
  const id = target.account_id ?? '';
  if (!ENTITY.test(id)) throw invalid(ID, target, 'its entity is not known: a root token, for one, has none');
  return `/v1/identity/entity/id/${id}`;
}
