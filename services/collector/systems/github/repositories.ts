// The repositories of an organization, page by page.
// https://docs.github.com/en/rest/repos/repos#list-organization-repositories
import type { Json } from '../../../core/json.ts';
import { list } from '../../fields.ts';
import type { Client } from '../client.ts';
import { pages } from '../pages.ts';

/** By name, so that one can go on behind another. */
export async function* repositoriesOf(organization: string, api: Client, signal: AbortSignal): AsyncGenerator<Json> {
  for await (const page of pages(api, `/orgs/${organization}/repos?per_page=100&type=all&sort=full_name`, signal)) {
    yield* list(page);
  }
}
