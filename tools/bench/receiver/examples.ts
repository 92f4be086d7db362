// GitHub's example deliveries, by the event's name: of every event, every example.
import { createRequire } from 'node:module';

interface Example {
  readonly event: string;
  readonly text: string;
}

/** https://github.com/octokit/webhooks */
export function examples(): readonly Example[] {
  const all: readonly { readonly name: string; readonly examples: readonly object[] }[] = createRequire(
    import.meta.url,
  )('@octokit/webhooks-examples');
  return all.flatMap(({ name, examples: each }) =>
    each.map((example) => ({ event: name, text: JSON.stringify(example) })),
  );
}
