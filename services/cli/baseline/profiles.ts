// The profiles that a running or stopped Pipewarden has committed, with their checkpoints.
import { readText, type StoredProfile } from '../../analyzer/entity-stage/profile-text.ts';
import { CHECKPOINT, PREFIX, WEEK } from '../../analyzer/entity-stage/profiles.ts';
import type { Detector } from '../../core/detector.ts';
import { PipewardenError } from '../../core/errors.ts';
import type { EventLog } from '../../core/ports/event-log.ts';
import type { Instant } from '../../core/time.ts';

export interface KeptProfile {
  /** Detector and entity: `new-workflow-egress/job:…`. */
  readonly name: string;
  readonly partition: number;
  readonly text: string;
  /** As it was before it changed in a week after the given one, since 1970; oldest first. */
  readonly checkpoints: readonly { readonly week: number; readonly text: string }[];
}

/** All whose name contains the text. */
export async function profilesCalled(log: EventLog, text: string): Promise<readonly KeptProfile[]> {
  const found = new Map<string, KeptProfile>();
  const checkpoints = new Map<string, { week: number; text: string }[]>();
  for (let partition = 0; partition < log.partitions('activity'); partition++) {
    for await (const { key, value } of log.state('analyzer', 'activity', partition)) {
      if (!key.includes(text)) continue;
      if (key.startsWith(PREFIX)) {
        const name = key.slice(PREFIX.length);
        found.set(name, { name, partition, text: value, checkpoints: [] });
      } else if (key.startsWith(CHECKPOINT)) {
        const end = key.lastIndexOf('/');
        const name = key.slice(CHECKPOINT.length, end);
        const list = checkpoints.get(name) ?? [];
        list.push({ week: Number(key.slice(end + 1)), text: value });
        checkpoints.set(name, list);
      }
    }
  }
  return [...found.values()]
    .map((profile) => ({
      ...profile,
      checkpoints: (checkpoints.get(profile.name) ?? []).toSorted((a, b) => a.week - b.week),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The one that is meant. Throws NOT_FOUND where there is none, USAGE where there are several. */
export function onlyOne(profiles: readonly KeptProfile[], text: string): KeptProfile {
  const exact = profiles.find(({ name }) => name === text);
  const [first, ...more] = profiles;
  if (exact || (first && more.length === 0)) return exact ?? (first as KeptProfile);
  if (!first) throw new PipewardenError('NOT_FOUND', { what: 'profile', id: text, where: 'this data folder' });
  throw new PipewardenError('USAGE', {
    problem: `${profiles.length} profiles are called like ${text}; name one, such as ${first.name}`,
  });
}

/** The checkpoint that holds what had been learned by then: the oldest one that was written after. Undefined: nothing changed since. */
export function asOf({ checkpoints }: KeptProfile, at: Instant): KeptProfile['checkpoints'][number] | undefined {
  return checkpoints.find(({ week }) => (week + 1) * WEEK > at);
}

export function opened(text: string, name: string, detectors: readonly Detector[]): StoredProfile | undefined {
  const detector = detectors.find(({ id }) => name.startsWith(`${id}/`));
  return detector?.learned && readText(text, detector.learned.baseline);
}
