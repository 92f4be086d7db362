// Holds deployments of a project of GitLab by a deploy freeze period.
import { defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { canonicalJson, type Json } from '../../../services/core/json.ts';
import { field } from '../answer.ts';
import { projectPath } from './paths.ts';

const ID = 'gitlab.freeze-deployments';
/**
 * A period begins and ends by cron, so it has no open end. This one is over for the last minute of a year, UTC: GitLab takes
 * a time for frozen when the beginning was after the last end, and the next end comes before the next beginning.
 */
const PERIOD = { freeze_start: '0 0 1 1 *', freeze_end: '59 23 31 12 *', cron_timezone: 'UTC' } as const;

export const freezeDeployments = defineAction({
  id: ID,
  kind: 'hold-deploy',
  title: 'Freeze the deployments of a project of GitLab',
  system: 'gitlab',
  target: 'repository',
  permissions: ['scope api', 'Maintainer role in the project'],
  reversible: true,
  undoing: 'Deletes the freeze period again.',
  reference: 'https://docs.gitlab.com/api/freeze_periods/#create-a-freeze-period',
  proof: 'documentation',

  /** How many others there are does not matter: only the period that is made here is counted. */
  async look(target, api, signal) {
    const path = `${periodsPath(target)}?per_page=100`;
    const { body } = await ask(api, { method: 'GET', path }, [200], signal);
    const all: readonly Json[] = Array.isArray(body) ? body : [];
    const ids = all.filter(isOurs).map((period) => field(period, 'id'));
    return { state: { periods: ids.filter((id) => typeof id === 'number').sort((a, b) => a - b) } };
  },

  intend(target) {
    return {
      summary: `Freeze the deployments of ${target.repository} until the freeze is taken away.`,
      // GitLab makes a second one when asked twice: no more is frozen by it, and undoing takes both away.
      changes: [{ method: 'POST', path: periodsPath(target), body: PERIOD, accepts: [201] }],
      blast_radius: [
        `Jobs of ${target.repository} whose rules ask for CI_DEPLOY_FREEZE do not run; releases wait.`,
        'A job that does not ask for it deploys as before, and so do jobs that run already.',
      ],
    };
  },

  holds: (_target, state) => (idsIn(state).length > 0 ? 'The freeze period is there.' : undefined),

  undo(target, before, now) {
    const kept = idsIn(before);
    const ours = idsIn(now).filter((id) => !kept.includes(id));
    return ours.map((id) => ({ method: 'DELETE', path: `${periodsPath(target)}/${id}`, accepts: [204, 404] }));
  },
});

function periodsPath(target: Target): string {
  return `${projectPath(ID, target)}/freeze_periods`;
}

function isOurs(period: Json): boolean {
  const { freeze_start, freeze_end, cron_timezone } = PERIOD;
  const [start, end, zone] = ['freeze_start', 'freeze_end', 'cron_timezone'].map((name) => field(period, name));
  return canonicalJson([start, end, zone]) === canonicalJson([freeze_start, freeze_end, cron_timezone]);
}

function idsIn(state: Json): readonly Json[] {
  const ids = field(state, 'periods');
  return Array.isArray(ids) ? ids : [];
}
