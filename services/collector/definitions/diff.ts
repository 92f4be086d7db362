// What changed between two versions of a definition, as facts and in words. Either may be absent.
import type { Definition, DefinitionDelta, DefinitionFacts, FactChanges } from '../../core/definition.ts';
import { compare } from './diff/changes.ts';
import { compareScripts } from './diff/scripts.ts';
import { wordsOf } from './diff/words.ts';
import { startDraft } from './draft.ts';

const NOTHING: DefinitionFacts = startDraft();

/** Undefined: there is neither. */
export function diffDefinitions(
  before: Definition | undefined,
  after: Definition | undefined,
): DefinitionDelta | undefined {
  const shown = after ?? before;
  if (!shown) return undefined;
  const changes = changesOf(before ?? NOTHING, after ?? NOTHING, shown.partial);
  const delta = {
    system: shown.system,
    path: shown.path,
    status: !before ? ('added' as const) : !after ? ('removed' as const) : ('changed' as const),
    partial: shown.partial,
    ...changes,
  };
  return { ...delta, words: wordsOf(delta) };
}

function changesOf(before: DefinitionFacts, after: DefinitionFacts, partial: boolean): FactChanges {
  return {
    triggers: compare(before.triggers, after.triggers, {
      key: ({ job, event }) => id(job, event),
      content: ({ filters }) => filters.join('\n'),
    }),
    permissions: compare(before.permissions, after.permissions, {
      key: ({ job, scope, subject }) => id(job, scope, subject),
      content: ({ access }) => access,
    }),
    secrets: compare(before.secrets, after.secrets, {
      key: ({ job, name, via }) => id(job, name, via),
      content: () => '',
    }),
    environments: compare(before.environments, after.environments, {
      key: ({ job }) => id(job),
      content: ({ name, url }) => id(name, url),
    }),
    gates: compare(before.gates, after.gates, {
      key: ({ job, kind }) => id(job, kind),
      content: ({ detail }) => id(detail),
    }),
    runners: compare(before.runners, after.runners, {
      key: ({ job }) => id(job),
      content: ({ labels, group, choices }) => id(group, ...labels, '', ...(choices ?? [])),
    }),
    images: compare(before.images, after.images, {
      key: ({ job, role, name }) => id(job, role, name),
      content: ({ tag, digest }) => id(tag, digest),
    }),
    uses: compare(before.uses, after.uses, { key: ({ kind, name }) => id(kind, name), content: ({ ref }) => id(ref) }),
    checkouts: compare(before.checkouts, after.checkouts, {
      key: ({ job, repository }) => id(job, repository),
      content: ({ ref }) => id(ref),
    }),
    scripts: compareScripts(before.scripts, after.scripts, partial),
    hosts: compare(before.hosts, after.hosts, { key: ({ host }) => host, content: ({ how }) => how }),
    jobs: compare(before.jobs, after.jobs, { key: ({ name }) => name, content: ({ steps }) => steps.join('\n') }),
  };
}

/** Nothing is told apart from the empty text. */
function id(...parts: readonly (string | undefined)[]): string {
  return JSON.stringify(parts.map((part) => part ?? null));
}
