// A build as the API tells it, in the form in which the Notification plugin would have sent it.
// https://plugins.jenkins.io/notification/; the fields of the API: https://javadoc.jenkins.io/hudson/model/Run.html
import type { Json, JsonObject } from '../../../core/json.ts';
import { identifier, instant, list, number, text, texts } from '../../fields.ts';
import { pathOf } from './jobs.ts';

/** Those between are told of by what comes with them. */
export type Phase = 'STARTED' | 'FINALIZED';

/** The parameter `tree`: git's plugin tells of what was built, the others are Jenkins' own. */
export const BUILD_TREE = [
  'number,url,queueId,result,timestamp,duration',
  'artifacts[fileName,relativePath]',
  'culprits[absoluteUrl],changeSet[items[affectedPaths]]',
  'actions[parameters[name,value],lastBuiltRevision[SHA1,branch[name]],remoteUrls]',
].join(',');

/** `path`: of the job. */
export function eventOf(path: string, build: JsonObject, phase: Phase): JsonObject {
  const job = pathOf(path).slice(1);
  const url = text(build, 'url');
  const started = instant(build, 'timestamp');
  const duration = number(build, 'duration');
  const isOver = phase === 'FINALIZED';
  return {
    name: path.slice(path.lastIndexOf('/') + 1),
    url: `${job}/`,
    build: {
      full_url: url,
      number: number(build, 'number'),
      queue_id: number(build, 'queueId'),
      phase,
      status: isOver ? text(build, 'result') : undefined,
      url: `${job}/${identifier(build, 'number')}/`,
      timestamp: isOver && started !== undefined ? started + (duration ?? 0) : started,
      duration: isOver ? duration : undefined,
      scm: scmOf(build),
      parameters: parametersOf(build),
      artifacts: isOver ? artifactsOf(build, url) : undefined,
    },
  };
}

function scmOf(build: Json): JsonObject {
  const actions = list(build, 'actions');
  const git = actions.find((action) => text(action, 'lastBuiltRevision', 'SHA1') !== undefined);
  return {
    url: texts(git, 'remoteUrls')?.[0],
    branch: text(list(git, 'lastBuiltRevision', 'branch')[0], 'name')?.replace(/^refs\/remotes\//, ''),
    commit: text(git, 'lastBuiltRevision', 'SHA1'),
    changes: list(build, 'changeSet', 'items').flatMap((item) => texts(item, 'affectedPaths') ?? []),
    // `…/user/mara`: the plugin names people by their ids.
    culprits: list(build, 'culprits').flatMap((person) => text(person, 'absoluteUrl')?.split('/user/')[1] ?? []),
  };
}

/** One that is marked as sensitive has no value here, and is left out there. */
function parametersOf(build: Json): JsonObject | undefined {
  const told = list(build, 'actions')
    .flatMap((action) => list(action, 'parameters'))
    .flatMap((parameter) => {
      const name = text(parameter, 'name');
      const value = typeof parameter === 'object' && parameter !== null && 'value' in parameter;
      return name === undefined || !value ? [] : [[name, parameter.value ?? ''] as const];
    });
  return told.length === 0 ? undefined : Object.fromEntries(told);
}

function artifactsOf(build: Json, url: string | undefined): JsonObject {
  return Object.fromEntries(
    list(build, 'artifacts').flatMap((artifact) => {
      const name = text(artifact, 'fileName');
      const path = text(artifact, 'relativePath');
      return name === undefined ? [] : [[name, { archive: `${url ?? ''}artifact/${path ?? name}` }]];
    }),
  );
}
