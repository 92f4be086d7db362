// Stops a build of Buildbot.
import { defineAction } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import type { Json } from '../../../services/core/json.ts';
import { field } from '../answer.ts';
import { flag } from '../flag.ts';
import { builderName, buildId, buildPath, calling, listed } from './paths.ts';

const ID = 'buildbot.cancel-build';
const REASON = 'Stopped by Pipewarden';
/** https://docs.buildbot.net/latest/developer/results.html */
const RESULTS = ['success', 'warnings', 'failure', 'skipped', 'exception', 'retry', 'cancelled'] as const;

export const cancelBuild = defineAction({
  id: ID,
  kind: 'cancel-run',
  title: 'Stop a build of Buildbot',
  system: 'buildbot',
  target: 'run',
  permissions: ['StopBuildEndpointMatcher'],
  reversible: false,
  undoing: 'Cannot be undone; "Rebuild" on the build\'s page starts another.',
  reference: 'https://docs.buildbot.net/latest/developer/raml/build.html',
  proof: 'real',

  async look(target, api, signal) {
    const request = { method: 'GET', path: buildPath(ID, target) } as const;
    const { body } = await ask(api, request, [200], signal);
    const build = listed(body, 'builds')[0] ?? null;
    const results = field(build, 'results');
    return {
      state: {
        complete: flag(request, build, 'complete'),
        results: typeof results === 'number' ? (RESULTS[results] ?? 'unknown') : null,
      },
    };
  },

  intend(target) {
    const name = `build ${buildId(ID, target)} of ${builderName(ID, target)}`;
    return {
      summary: `Stop ${name}.`,
      // Of a build that has ended Buildbot takes it too, and does nothing.
      changes: [calling(buildPath(ID, target), 'stop', { reason: REASON })],
      blast_radius: [
        `The step that ${name} is in is interrupted; what it has not finished is lost. Steps that always run still do.`,
        'A deployment in the middle of it is left half done.',
      ],
    };
  },

  /** The worker takes seconds to end the processes. */
  holds(_target, state) {
    if (field(state, 'complete') !== true) return undefined;
    return `The build has already ended (${resultIn(state)}).`;
  },
});

function resultIn(state: Json): string {
  const results = field(state, 'results');
  return typeof results === 'string' ? results : 'unknown';
}
