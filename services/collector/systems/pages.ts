// All pages of a list (RFC 8288).
import type { Json } from '../../core/json.ts';
import type { Asking, Client } from './client.ts';

export async function* pages(
  client: Client,
  first: string,
  signal: AbortSignal,
  asking?: Asking,
): AsyncGenerator<Json> {
  for (let path: string | undefined = first; path !== undefined; ) {
    const page: { readonly body: Json; readonly next?: string } = await client.get(path, signal, asking);
    yield page.body;
    path = page.next;
  }
}
