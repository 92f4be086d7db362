// A credential that somebody else has had is taken away by its system; that it is made anew is tracked until a person says so.
import { defineAction } from '../../../services/core/action.ts';
import { tracking } from './tracking.ts';

export const renewCredential = defineAction({
  ...tracking,
  id: 'by-hand.renew-credential',
  title: 'Make a credential anew, by hand',
  target: 'credential',

  intend({ id, account, credential_type }) {
    const whose = account === undefined ? '' : ` of ${account}`;
    return {
      summary: `Make the ${credential_type ?? 'credential'} ${id}${whose} anew, wherever it is used, and revoke the old one.`,
      changes: [],
      blast_radius: ['Whatever uses the old one stops when that is revoked.'],
    };
  },
});
