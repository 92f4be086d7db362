// Deletes a CI/CD variable of a project of GitLab, in every environment that it has a value for.
import { type Api, type Change, defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import type { Json } from '../../../services/core/json.ts';
import { field } from '../answer.ts';
import { listed } from '../listed.ts';
import { projectPath, variableName } from './paths.ts';

const ID = 'gitlab.delete-variable';
/** `*`, `production`, `review/*`. https://docs.gitlab.com/ci/environments/#limit-the-environment-scope-of-a-cicd-variable */
const SCOPE = /^[\w /.*${}-]{1,255}$/;
/** A project may have 8,000 variables. */
const MOST_PAGES = 80;

export const deleteVariable = defineAction({
  id: ID,
  kind: 'rotate-secret',
  title: 'Delete a CI/CD variable of a project of GitLab',
  system: 'gitlab',
  target: 'repository',
  permissions: ['scope api', 'Maintainer role in the project'],
  reversible: false,
  undoing: 'Cannot be undone: the value is not kept here. Make a new secret where it is used, and the variable again.',
  reference: 'https://docs.gitlab.com/api/project_level_variables/#delete-a-variable',
  proof: 'documentation',

  /** Only where it has values: the answers hold them, and nothing of them is taken. */
  async look(target, api, signal) {
    const scopes = await scopesOf(target, api, signal);
    if (!scopes.every((scope) => SCOPE.test(scope))) {
      const problem = 'an environment scope is in characters that none is in';
      throw new PipewardenError('API_UNEXPECTED', { method: 'GET', path: variablePath(target), problem });
    }
    return { state: { scopes: scopes.toSorted() } };
  },

  intend(target, state) {
    const name = variableName(ID, target);
    const scopes = scopesIn(state);
    return {
      summary: `Delete the variable ${name} of ${target.repository}.`,
      changes: scopes.length === 0 ? [deletion(target, undefined)] : scopes.map((scope) => deletion(target, scope)),
      blast_radius: [
        `Jobs of ${target.repository} that need ${name} fail from then on; those that run have it already.`,
        'The secret itself is still good wherever it leaked to: revoke it at its issuer as well.',
      ],
    };
  },

  holds: (_target, state) => (scopesIn(state).length === 0 ? 'The project has no such variable.' : undefined),
});

/** One of several scopes is not given without naming it: GitLab then answers 409. */
async function scopesOf(target: Target, api: Api, signal: AbortSignal): Promise<readonly string[]> {
  const one = await ask(api, { method: 'GET', path: variablePath(target) }, [200, 404, 409], signal);
  if (one.status === 404) {
    // Or the project is none that the credential may see, which is no reason to say that all is well.
    await ask(api, { method: 'GET', path: projectPath(ID, target) }, [200], signal);
    return [];
  }
  if (one.status === 200) return scopesAmong([one.body], variableName(ID, target));
  const all = await listed(`${projectPath(ID, target)}/variables`, api, signal, { mostPages: MOST_PAGES });
  return scopesAmong(all, variableName(ID, target));
}

function scopesAmong(variables: readonly Json[], name: string): readonly string[] {
  const named = variables.filter((variable) => field(variable, 'key') === name);
  return named.map((variable) => field(variable, 'environment_scope')).filter((scope) => typeof scope === 'string');
}

function scopesIn(state: Json | undefined): readonly string[] {
  const scopes = state === undefined ? null : field(state, 'scopes');
  return Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : [];
}

function deletion(target: Target, scope: string | undefined): Change {
  const filter = scope === undefined ? '' : `?filter[environment_scope]=${encodeURIComponent(scope)}`;
  return { method: 'DELETE', path: `${variablePath(target)}${filter}`, accepts: [204, 404] };
}

function variablePath(target: Target): string {
  return `${projectPath(ID, target)}/variables/${variableName(ID, target)}`;
}
