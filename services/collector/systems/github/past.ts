// The past of every repository of an organization, one after the other by name.
import { isObject, type JsonObject } from '../../../core/json.ts';
import type { Instant } from '../../../core/time.ts';
import { text } from '../../fields.ts';
import type { Client } from '../client.ts';
import { type PastStep, placeByPlace } from '../past.ts';
import type { History } from '../system.ts';
import { repositoriesOf } from './repositories.ts';

/** `from` is a time. */
export type PastSteps = AsyncGenerator<PastStep>;

export function byRepository(
  organization: string,
  api: Client,
  read: (repository: JsonObject, name: string, from: Instant, signal: AbortSignal) => PastSteps,
): History['read'] {
  return placeByPlace<JsonObject>({
    async *places(signal) {
      for await (const repository of repositoriesOf(organization, api, signal)) {
        if (isObject(repository) && nameOf(repository) !== '') yield repository;
      }
    },
    idOf: nameOf,
    compare: asSorted,
    nameOf,
    read: (repository, since, from = since, signal) => read(repository, nameOf(repository), from, signal),
  });
}

function nameOf(repository: JsonObject): string {
  return text(repository, 'full_name') ?? '';
}

/** As GitHub sorts names: without regard to case. */
function asSorted(a: string, b: string): number {
  const [one, other] = [a.toLowerCase(), b.toLowerCase()];
  return one < other ? -1 : Number(one > other);
}
