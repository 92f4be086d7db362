// What Jenkins' Notification plugin sends: a build entered a phase. Its `log`, a tail of the console without its place
// in it, is left to the console's own feed.
import type { Actor, Vcs } from '../../../core/activity.ts';
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import { headOf } from '../../delivery.ts';
import { anyKnown, at, identifier, instant, known, object, text, texts } from '../../fields.ts';
import { authorization } from '../../receiver/proofs.ts';
import { repositoryOf } from '../../repository-url.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { placeOf } from './shared/path.ts';
import { runResult, runState } from './shared/run-state.ts';
import { actorOf } from './shared/user.ts';

export const jenkinsEvent = defineSource({
  id: 'jenkins.event',
  title: 'Jenkins Notification plugin',
  reference: 'https://plugins.jenkins.io/notification/',
  // The plugin sends the user and password of its address as basic authentication.
  push: { path: '/hooks/jenkins', proof: authorization },
  body: 'json',
  identifiers: ['commit'],
  normalize,
  time: (body) => instant(body, 'build', 'timestamp'),
});

function normalize({ body, source }: RedactedRecord): readonly ActivityDraft[] {
  if (!isObject(body) || !isObject(body.build)) {
    throw new PipewardenError('RECORD_INVALID', { source, problem: 'the body tells of no build' });
  }
  const build = body.build;
  const phase = text(build, 'phase');
  const run = runOf(build, phase);
  // By the address, which holds the folders; `name` is the job's own.
  const name = placeOf(`/${text(body, 'url') ?? ''}`).job ?? text(body, 'name');
  const base = known({
    native_type: phase ?? 'unnamed',
    observed_at: instant(build, 'timestamp'),
    actor: culprit(build),
    vcs: vcsOf(build),
  });
  const cicd = anyKnown({ pipeline: anyKnown({ name, run }) });
  const around = { ...base, ...(cicd && { cicd }) };
  const of = text(build, 'full_url')?.replace(/\/$/, '') ?? (run && `${name ?? ''}#${run.id}`);
  return [
    { ...around, ...named(of, phase), kind: 'run', detail: { action: phase?.toLowerCase() ?? 'changed' } },
    ...parameters(build, of).map((each) => ({ ...around, ...each })),
    ...artifacts(build, of).map((each) => ({ ...around, ...each })),
  ];
}

/** The same for what was sent and what was asked for. */
function named(of: string | undefined, phase: string | undefined) {
  return known({ natural_id: of === undefined || phase === undefined ? undefined : `${of}/${phase}` });
}

function runOf(build: Json, phase: string | undefined) {
  const id = identifier(build, 'number');
  if (id === undefined) return undefined;
  const result = runResult(text(build, 'status'));
  return known({ id, state: runState(phase), result, url: text(build, 'full_url') });
}

/** Branches are told as the remote's: `origin/main`. */
function vcsOf(build: Json): Vcs | undefined {
  const branch = text(build, 'scm', 'branch')?.replace(/^origin\//, '');
  const head = headOf(branch, text(build, 'scm', 'commit'), branch === undefined ? undefined : 'branch');
  return anyKnown({ ...repositoryOf(text(build, 'scm', 'url')), ref: anyKnown({ head }) });
}

/**
 * Whoever changed what is built. Of several it is not told which, and a build without changes lists those of the last
 * that worked.
 */
function culprit(build: Json): Actor | undefined {
  const [only, ...others] = at(build, 'scm', 'culprits') === undefined ? [] : (texts(build, 'scm', 'culprits') ?? []);
  const changed = at(build, 'scm', 'changes') === undefined ? [] : (texts(build, 'scm', 'changes') ?? []);
  return others.length > 0 || changed.length === 0 ? undefined : actorOf(only);
}

/** Names of the parameters that are not marked sensitive: the plugin leaves out the others. Once for a build. */
function parameters(build: Json, of: string | undefined) {
  const names = Object.keys(object(build, 'parameters') ?? {});
  if (names.length === 0) return [];
  const natural_id = of === undefined ? undefined : `${of}/parameters`;
  return [{ kind: 'secret' as const, ...known({ natural_id }), detail: { action: 'parameters', names } }];
}

/** Each file with its places (`archive`, `s3`): the first is told. Once for a build, though two phases list them. */
function artifacts(build: Json, of: string | undefined) {
  const stored: JsonObject = object(build, 'artifacts') ?? {};
  return Object.entries(stored).map(([name, places]) => {
    const [where] = isObject(places) ? Object.keys(places) : [];
    const location = where === undefined ? undefined : text(places, where);
    const natural_id = of === undefined ? undefined : `${of}/artifacts/${name}`;
    return {
      kind: 'artifact' as const,
      ...known({ natural_id }),
      detail: known({ action: 'stored', name, location }),
    };
  });
}
