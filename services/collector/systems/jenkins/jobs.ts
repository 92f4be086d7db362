// The jobs of a Jenkins, through all of its folders.
// https://www.jenkins.io/doc/book/using/remote-access-api/
import type { Json } from '../../../core/json.ts';
import { list, text } from '../../fields.ts';
import type { Client } from '../client.ts';

export interface Job {
  /** `folder/job`. */
  readonly path: string;
  /** The fields that were asked for; of what it stands in, where that was seen too. */
  readonly about: Json;
  readonly within: Json;
}

/** Folders in folders that one request sees: organization, repository, branch, and what they stand in. */
const LEVELS = 5;

/** `fields`: in the form of the parameter `tree`. */
export async function* jobsOf(api: Client, fields: string, signal: AbortSignal, folder = ''): AsyncGenerator<Job> {
  const tree = Array.from({ length: LEVELS }).reduce<string>(
    (inner) => `jobs[name,${fields}${inner && `,${inner}`}]`,
    '',
  );
  const query = new URLSearchParams({ tree });
  const { body } = await api.get(`${pathOf(folder)}/api/json?${query}`, signal, { expect: [404] });
  yield* inside(body, folder, LEVELS);

  async function* inside(parent: Json, around: string, levels: number): AsyncGenerator<Job> {
    for (const about of list(parent, 'jobs')) {
      const name = text(about, 'name');
      if (name === undefined) continue;
      const path = around === '' ? name : `${around}/${name}`;
      yield { path, about, within: parent };
      if (levels > 1) yield* inside(about, path, levels - 1);
      // It may be a folder too.
      else yield* jobsOf(api, fields, signal, path);
    }
  }
}

/** Of `folder/job`, as it stands in addresses: `/job/folder/job/job`. */
export function pathOf(job: string): string {
  return job
    .split('/')
    .filter((name) => name !== '')
    .map((name) => `/job/${encodeURIComponent(name)}`)
    .join('');
}
