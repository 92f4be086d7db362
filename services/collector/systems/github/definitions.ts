// The definitions of pipelines that a push touched, before and after it.
// https://docs.github.com/en/rest/commits/commits#compare-two-commits
import type { Json } from '../../../core/json.ts';
import { formatInstant } from '../../../core/time.ts';
import { isReadable } from '../../definitions/read.ts';
import type { DefinitionChange } from '../../definitions/source.ts';
import { known, list, text } from '../../fields.ts';
import { touched } from '../../push-paths.ts';
import type { SourceRecord } from '../../source.ts';
import type { Client } from '../client.ts';
import type { Pull, Surroundings, Turn } from '../system.ts';
import { isWatched } from './watched.ts';

/** Bytes of a definition that are read. */
const LONGEST = 1024 * 1024;
/** Of one push; more say nothing new. */
const MOST = 100;

export function definitionPull(
  organizations: readonly string[],
  api: Client,
  { clock }: Pick<Surroundings, 'clock'>,
): Pull {
  async function textAt(
    repository: string,
    path: string,
    revision: string,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const where = path.split('/').map(encodeURIComponent).join('/');
    const raw = { accept: 'application/vnd.github.raw+json' };
    const answer = await api.bytes(`/repos/${repository}/contents/${where}?ref=${revision}`, signal, {
      headers: raw,
      expect: [404],
    });
    if (answer.status === 404) return undefined;
    const pieces: Uint8Array[] = [];
    let size = 0;
    for await (const piece of answer.bytes()) {
      pieces.push(piece);
      size += piece.length;
      if (size > LONGEST) break;
    }
    return Buffer.concat(pieces).subarray(0, LONGEST).toString('utf8');
  }

  /** What the push changed, and the commit that it is compared with. */
  async function compared(repository: string, before: string, after: string, signal: AbortSignal) {
    if (before !== '') {
      const { body } = await api.get(`/repos/${repository}/compare/${before}...${after}`, signal, { expect: [404] });
      const base = text(body, 'merge_base_commit', 'sha');
      if (base !== undefined) return { base, files: list(body, 'files') };
    }
    // A new branch, or a history that has nothing in common with the one before.
    const { body } = await api.get(`/repos/${repository}/commits/${after}`, signal);
    return { base: text(list(body, 'parents')[0], 'sha'), files: list(body, 'files') };
  }

  return {
    name: 'definition',
    source: 'github.definition',
    wanted(activity) {
      if (activity.source !== 'github.webhook' || activity.kind !== 'push' || activity.detail.deleted) return;
      const { paths } = activity.detail;
      const repository = activity.vcs?.repository?.name;
      const { head, base } = activity.vcs?.ref ?? {};
      if (repository === undefined || head?.revision === undefined || head.type === 'tag') return;
      if (!isWatched(repository, organizations) || (paths && !touched(paths).some(isReadable))) return;
      return known({
        repository,
        before: base?.revision ?? '',
        after: head.revision,
        branch: head.name,
        name: activity.actor?.name,
        id: activity.actor?.id,
        at: formatInstant(activity.observed_at),
      });
    },
    async *read(
      { repository = '', before = '', after = '', branch, name, id, at },
      _cursor,
      signal,
    ): AsyncGenerator<Turn> {
      const { base, files } = await compared(repository, before, after, signal);
      for (const file of files.filter((each) => isReadable(pathOf(each))).slice(0, MOST)) {
        const path = pathOf(file);
        const status = text(file, 'status');
        const old = text(file, 'previous_filename') ?? path;
        const [was, is] = [
          status === 'added' || base === undefined ? undefined : await textAt(repository, old, base, signal),
          status === 'removed' ? undefined : await textAt(repository, path, after, signal),
        ];
        const actor = name === undefined && id === undefined ? undefined : known({ name, id });
        const body: DefinitionChange = known({
          repository,
          path,
          revision: after,
          base,
          before: was,
          after: is,
          actor,
          branch,
          changed_at: at,
        });
        const records: readonly SourceRecord[] =
          was === undefined && is === undefined
            ? []
            : [{ source: 'github.definition', received_at: clock.now(), body }];
        yield { records, cursor: path };
      }
    },
  };
}

function pathOf(file: Json): string {
  return text(file, 'filename') ?? '';
}
