// Whether the people that may decide about containment are people that the configuration knows.
import type { z } from 'zod';

interface Named {
  readonly identities: readonly { readonly person: string }[];
  readonly containment: { readonly approvers: readonly string[] };
}

/** For `superRefine` of the whole configuration. */
export function checkApprovers({ identities, containment }: Named, context: z.core.$RefinementCtx): void {
  const people = new Set(identities.map(({ person }) => person));
  for (const [index, name] of containment.approvers.entries()) {
    if (name === '*' || people.has(name)) continue;
    const message = `${name} is no person of identities: nobody could prove to be them`;
    context.addIssue({ code: 'custom', message, path: ['containment', 'approvers', index] });
  }
}
