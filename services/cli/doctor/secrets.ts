// What the doctor says of the secrets that the configuration refers to: whether each can be had, and from where.
import { targetOf } from '../../adapters/secrets/field.ts';
import type { Secrets } from '../../adapters/secrets/secrets.ts';
import { messageOf } from '../../core/errors.ts';
import type { Configuration } from '../configuration.ts';
import { allSecrets } from '../secrets.ts';
import type { Check } from './check.ts';

export function secretChecks(configuration: Configuration, secrets: Pick<Secrets, 'of'>): readonly Check[] {
  return allSecrets(configuration).map(([name, reference]) => {
    try {
      secrets.of(reference);
      const target = targetOf(reference);
      return { name, ok: true, note: target ? `is read from ${target.manager.title}` : 'is set' };
    } catch (error) {
      return { name, ok: false, note: messageOf(error) };
    }
  });
}
