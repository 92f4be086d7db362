// A secret that a run could read counts as read. Where no system rotates it by itself, it is tracked until a person says that it is
// done: secrets that were forgotten are what second incidents are made of.
import { defineAction } from '../../../services/core/action.ts';
import { invalid } from '../target.ts';
import { tracking } from './tracking.ts';

const ID = 'by-hand.rotate-secret';

export const rotateSecret = defineAction({
  ...tracking,
  id: ID,
  title: 'Rotate a secret, by hand',
  target: 'secret',

  intend(target) {
    const { secret, repository, organization } = target;
    if (secret === undefined) throw invalid(ID, target, 'its name is not known');
    return {
      summary: `Rotate ${secret} of ${repository ?? organization ?? 'its owner'}: make a new one at its issuer, set it, and revoke the old one.`,
      changes: [],
      blast_radius: ['A run could read it. Whoever has read it can use it until the old one is revoked at its issuer.'],
    };
  },
});
