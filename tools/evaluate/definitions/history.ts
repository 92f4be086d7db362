// The commits of the workflow histories that carry a patch, with the features that the set extracted from them.
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readRows, SHARED } from '../../shared.ts';

const FOLDER = 'data/workflow-history';

const Row = z.object({
  sha: z.string(),
  usesAdded: z.array(z.string()),
  usesRemoved: z.array(z.string()),
  unpinnedAdded: z.number(),
  permissionsAdded: z.array(z.string()),
  secretsAdded: z.array(z.string()),
  triggersAdded: z.array(z.string()),
  runsOnAdded: z.array(z.string()),
  hostsAdded: z.array(z.string()),
  netCommandsAdded: z.array(z.string()),
  patch: z.string().optional(),
});

export type Commit = z.output<typeof Row> & { readonly repository: string; readonly patch: string };

export function readHistory(): readonly Commit[] {
  return globSync('*.jsonl.gz', { cwd: join(SHARED, FOLDER) })
    .sort()
    .flatMap((file) =>
      readRows(join(FOLDER, file), Row).flatMap(({ patch, ...row }) =>
        patch === undefined ? [] : [{ ...row, patch, repository: file.replace('.jsonl.gz', '').replace('__', '/') }],
      ),
    );
}
