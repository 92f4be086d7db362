// Makes the token worthless that a runner was registered with: GitLab makes another, which nothing here keeps.
import { type Api, defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import type { Json } from '../../../services/core/json.ts';
import { entries, field, idOf, word } from '../answer.ts';
import { invalid } from '../target.ts';
import { groupPath, projectPath, runnerPath } from './paths.ts';

const ID = 'gitlab.reset-registration-token';
const INSTANCE = '';

export const resetRegistrationToken = defineAction({
  id: ID,
  kind: 'revoke-credential',
  title: 'Reset the token that runners of GitLab are registered with',
  system: 'gitlab',
  target: 'credential',
  permissions: ['scope api', 'Maintainer of its project, Owner of its group, or administrator'],
  reversible: false,
  undoing: 'Cannot be undone: who registers runners takes the new token from where GitLab lists the runners.',
  reference: 'https://docs.gitlab.com/api/runners/#reset-groups-runner-registration-token',
  proof: 'documentation',
  // The token is a secret that GitLab shows in full: whether it is another one is not looked at.
  unseen: true,

  async look(target, api, signal) {
    return { state: { owner: await ownerOf(target, api, signal), token: 'unseen' } };
  },

  intend(target, state) {
    const told = toldOwner(target);
    const seen = field(state ?? null, 'owner');
    const owner = typeof seen === 'string' ? seen : told;
    const isGuess = owner !== INSTANCE && target.repository === undefined && owner === told;
    return {
      summary: `Reset the token that runners of ${nameOf(owner)} are registered with.`,
      changes: [{ method: 'POST', path: `${owner}/runners/reset_registration_token`, accepts: [200, 201] }],
      blast_radius: [
        'Who registers runners with the old token is refused from then on, and so is what does it by itself.',
        'Runners that are registered stay, those of an attacker too: pause or remove them.',
        ...(isGuess ? ['If it was the token of a group below this one, that stays: reset it there.'] : []),
      ],
    };
  },

  holds: () => undefined,
});

/**
 * `/projects/{id}`, `/groups/{id}`, or nothing for the whole instance, as the audit log tells it: of a group only the one at
 * the top. Throws TARGET_INVALID.
 */
function toldOwner(target: Target): string {
  if (!target.id.startsWith('RunnerRegistrationToken/')) {
    throw invalid(ID, target, 'it is no token that runners are registered with');
  }
  const runner = target.runner_id === undefined ? undefined : runnerPath(ID, target);
  if (target.repository !== undefined) return projectPath(ID, target);
  if (target.organization !== undefined) return groupPath(ID, target);
  if (runner === undefined) throw invalid(ID, target, 'it is not known whose token it is');
  return INSTANCE;
}

/** The runner says exactly which group it is, or that it is the instance: it was registered with the token. */
async function ownerOf(target: Target, api: Api, signal: AbortSignal): Promise<string> {
  const told = toldOwner(target);
  if (target.repository === undefined && target.runner_id !== undefined) {
    const path = runnerPath(ID, target);
    const accepts = told === INSTANCE ? [200] : [200, 404];
    const { status, body } = await ask(api, { method: 'GET', path }, accepts, signal);
    if (status === 200) return ownerIn(path, body);
  }
  await ask(api, { method: 'GET', path: told }, [200], signal);
  return told;
}

function ownerIn(path: string, runner: Json): string {
  const type = word(field(runner, 'runner_type'));
  if (type === 'instance_type') return INSTANCE;
  const group = idOf(entries(field(runner, 'groups'))[0] ?? null);
  if (type === 'group_type' && group !== undefined) return `/groups/${group}`;
  throw new PipewardenError('API_UNEXPECTED', { method: 'GET', path, problem: 'it tells no group that it is of' });
}

function nameOf(owner: string): string {
  if (owner === INSTANCE) return 'the whole instance';
  const [, kind = '', id = ''] = owner.split('/');
  return `the ${kind.slice(0, -1)} ${decodeURIComponent(id)}`;
}
