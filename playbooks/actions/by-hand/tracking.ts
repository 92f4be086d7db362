// What all that is done by hand has in common.
import type { Action } from '../../../services/core/action.ts';

export const tracking = {
  kind: 'rotate-secret',
  system: 'by-hand',
  byHand: true,
  permissions: ['none: a person does it'],
  reversible: false,
  undoing: 'Nothing was sent. What the person did is undone where it was done.',
  reference: 'https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html',
  proof: 'documentation',
  look: async () => ({ state: null }),
  holds: () => undefined,
} satisfies Partial<Action>;
