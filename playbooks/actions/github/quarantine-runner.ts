// Takes a self-hosted runner's own labels away, so that jobs which ask for one of them go elsewhere.
import { defineAction } from '../../../services/core/action.ts';
import { canonicalJson, type Json } from '../../../services/core/json.ts';
import { entries, field, pathIn, word } from '../answer.ts';
import { findRunner, NO_RUNNER, RUNNER_PATH, runnerPath } from './shared/runner.ts';

const ID = 'github.quarantine-runner';
const LABEL = 'quarantine';

export const quarantineRunner = defineAction({
  id: ID,
  kind: 'isolate-runner',
  title: 'Quarantine a runner of GitHub Actions by its labels',
  system: 'github',
  target: 'runner',
  permissions: ['organization self-hosted runners: write', 'administration: write (a runner of one repository)'],
  reversible: true,
  undoing: 'Puts the labels back.',
  reference:
    'https://docs.github.com/en/rest/actions/self-hosted-runners#set-custom-labels-for-a-self-hosted-runner-for-an-organization',
  proof: 'schema',

  async look(target, api, signal) {
    const found = await findRunner(ID, target, api, signal);
    if (!found) return { state: { path: null } };
    const { path, runner } = found;
    const touches = [
      ...(field(runner, 'busy') === true ? ['It runs a job at this moment, which goes on.'] : []),
      `GitHub calls it ${word(field(runner, 'status'))}.`,
    ];
    return { state: { path, labels: labelsOf(runner) }, touches };
  },

  intend(target, state) {
    return {
      summary: `Leave the runner ${target.id} no other label of its own than "${LABEL}".`,
      changes: [
        {
          method: 'PUT',
          path: `${pathOf(state) ?? runnerPath(ID, target)}/labels`,
          body: { labels: [LABEL] },
          accepts: [200],
        },
      ],
      blast_radius: [
        'Jobs that ask for one of its labels wait for another runner that has it.',
        'Labels that GitHub gives itself (self-hosted, the operating system) stay: a job that asks for no other still reaches it.',
      ],
    };
  },

  holds(_target, state) {
    if (pathOf(state) === undefined) return NO_RUNNER;
    return isQuarantined(state) ? `Its only label is "${LABEL}".` : undefined;
  },

  undo(_target, before, now) {
    const path = pathOf(now);
    const labels = field(before, 'labels');
    if (path === undefined || path !== pathOf(before) || !Array.isArray(labels) || !isQuarantined(now)) return [];
    return [{ method: 'PUT', path: `${path}/labels`, body: { labels }, accepts: [200] }];
  },
});

function pathOf(state: Json | undefined): string | undefined {
  return pathIn(state, RUNNER_PATH);
}

/** Those that people gave it, in an order of their own: they are what undoing has to put back. */
function labelsOf(runner: Json): readonly string[] {
  return entries(field(runner, 'labels'))
    .filter((label) => field(label, 'type') === 'custom')
    .map((label) => field(label, 'name'))
    .filter((name) => typeof name === 'string')
    .toSorted();
}

function isQuarantined(state: Json): boolean {
  return canonicalJson(field(state, 'labels')) === canonicalJson([LABEL]);
}
