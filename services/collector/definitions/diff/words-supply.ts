// Sentences about what a definition takes from elsewhere and where it runs.
import type { Changes, Checkout, FactChanges, ImageUse, Pinning, Runner, Use } from '../../../core/definition.ts';
import { listed, ofJob, type Sentence, shown } from './sentence.ts';

const PINNINGS: Readonly<Record<Pinning, string>> = {
  digest: 'pinned',
  commit: 'pinned',
  tag: 'tag',
  branch: 'branch',
  none: 'not pinned',
  local: 'of this repository',
  dynamic: 'worked out at run time',
};
const FIRM = new Set<Pinning>(['digest', 'commit', 'local']);

export function useWords({ added, removed, changed }: Changes<Use>): readonly Sentence[] {
  return [
    ...added.map((use) => ({
      weight: FIRM.has(use.pinned) ? 42 : 66,
      text: `${use.kind === 'pipeline' ? 'starts' : 'adds'} ${use.kind} ${spelled(use)}`,
    })),
    ...removed.map((use) => ({ weight: 10, text: `removes ${use.kind} ${spelled(use)}` })),
    ...changed.map(({ before, after }) => ({
      weight: loosened(before.pinned, after.pinned) ? 72 : 40,
      text: `${shown(after.name)}: from ${reference(before)} to ${reference(after)}`,
    })),
  ];
}

function spelled(use: Use): string {
  return use.pinned === 'local'
    ? shown(use.name)
    : `${shown(use.ref === undefined ? use.name : `${use.name}@${use.ref}`)} (${PINNINGS[use.pinned]})`;
}

function reference({ ref, pinned }: Use): string {
  return ref === undefined ? PINNINGS[pinned] : `${shown(ref)} (${PINNINGS[pinned]})`;
}

function loosened(before: Pinning, after: Pinning): boolean {
  return FIRM.has(before) && !FIRM.has(after);
}

export function imageWords({ added, removed, changed }: Changes<ImageUse>): readonly Sentence[] {
  return [
    ...added.map((image) => ({
      weight: FIRM.has(image.pinned) ? 40 : 56,
      text: `${ofJob(image)}adds ${role(image)} ${imageName(image)}`,
    })),
    ...removed.map((image) => ({ weight: 10, text: `${ofJob(image)}removes ${role(image)} ${imageName(image)}` })),
    ...changed.map(({ before, after }) => ({
      weight: loosened(before.pinned, after.pinned) ? 68 : 38,
      text: `${ofJob(after)}${role(after)} ${shown(after.name)} from ${version(before)} to ${version(after)}`,
    })),
  ];
}

function role({ role: of }: ImageUse): string {
  return of === 'service' ? 'service image' : 'image';
}

function version({ tag, digest, pinned }: ImageUse): string {
  return `${shown(digest ?? tag ?? 'no tag')} (${PINNINGS[pinned]})`;
}

function imageName(image: ImageUse): string {
  return `${shown(image.name)} ${version(image)}`;
}

export function runnerWords({ added, removed, changed }: Changes<Runner>): readonly Sentence[] {
  const where = ({ labels, group, self_hosted }: Runner) => {
    const names = [...labels, ...(group === undefined ? [] : [`group ${group}`])];
    return `${listed(names)}${self_hosted ? ' (self-hosted)' : ''}`;
  };
  return [
    ...added.map((runner) => ({
      weight: runner.self_hosted ? 64 : 28,
      text: `${ofJob(runner)}runs on ${where(runner)}`,
    })),
    ...removed.map((runner) => ({ weight: 8, text: `${ofJob(runner)}no longer runs on ${where(runner)}` })),
    ...changed.map(({ before, after }) => ({
      weight: after.self_hosted && !before.self_hosted ? 80 : 44,
      text: `${ofJob(after)}runner from ${where(before)} to ${where(after)}`,
    })),
  ];
}

export function checkoutWords({ added, changed }: Changes<Checkout>): readonly Sentence[] {
  return [...added, ...changed.map(({ after }) => after)].map((checkout) => ({
    weight: checkout.untrusted ? 87 : 34,
    text: `${ofJob(checkout)}checks out ${checkout.untrusted ? 'a stranger’s ' : ''}${shown([checkout.repository, checkout.ref].filter(Boolean).join(' at '))}`,
  }));
}

export function hostWords({ added }: FactChanges['hosts']): readonly Sentence[] {
  return added
    .filter(({ how }) => how === 'named')
    .map(({ host }) => ({ weight: 22, text: `names host ${shown(host)}` }));
}
