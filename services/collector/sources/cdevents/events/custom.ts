// `customData`: whatever a producer adds. The specification leaves its names open; these are read where they stand:
// `repository` (`owner/name` or an address), `run` (the address of a run), `tag`, `ip` and `client` (who published, as
// the registry saw it).
// https://github.com/cdevents/spec/blob/main/spec.md#cdevents-custom-data
import type { Cicd, Client, Vcs } from '../../../../core/activity.ts';
import { isObject, type Json, type JsonObject } from '../../../../core/json.ts';
import { anyKnown, known } from '../../../fields.ts';
import { repositoryName } from '../../../repository-name.ts';
import { runAt } from '../../../run-address.ts';

export interface Custom {
  readonly client?: Client;
  readonly vcs?: Vcs;
  readonly cicd?: Cicd;
}

export function customBase(data: Json | undefined): Custom {
  if (!isObject(data)) return {};
  const address = textOf(data, 'run');
  const pipeline = runAt(address);
  const named = textOf(data, 'repository');
  const name = repositoryName(named) ?? named ?? repositoryName(address);
  const tag = textOf(data, 'tag');
  return known({
    client: anyKnown({ address: textOf(data, 'ip'), user_agent: textOf(data, 'client') }),
    vcs: anyKnown({
      repository: name === undefined ? undefined : { name },
      ref: tag === undefined ? undefined : { head: { name: tag, type: 'tag' as const } },
    }),
    cicd: pipeline && { pipeline },
  });
}

/** Nobody promised a type, so another one is no mistake. */
function textOf(data: JsonObject, key: string): string | undefined {
  const found = data[key];
  return typeof found === 'string' && found !== '' ? found : undefined;
}
