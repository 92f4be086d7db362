// Deletes an environment variable of a context of CircleCI, which jobs of many projects may be given.
import { type Api, defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import { entries, field } from '../answer.ts';
import { invalid } from '../target.ts';
import { listed } from './listed.ts';
import { contextVariable, isUuid } from './paths.ts';

const ID = 'circleci.delete-context-variable';

export const deleteContextVariable = defineAction({
  id: ID,
  kind: 'rotate-secret',
  title: 'Delete an environment variable of a context of CircleCI',
  system: 'circleci',
  target: 'organization',
  byName: true,
  permissions: ['personal API token of an administrator of the organization'],
  reversible: false,
  undoing: 'Cannot be undone: the value is not kept here. Make a new secret where it is used, and the variable again.',
  reference: 'https://circleci.com/docs/api/v2/#operation/deleteEnvironmentVariableFromContext',
  proof: 'documentation',

  async look(target, api, signal) {
    const wanted = contextVariable(ID, target);
    const owner = await organizationId(target, api, signal);
    const contexts = await listed(`/v2/context?owner-id=${owner}`, api, signal);
    const context = field(contexts.find((one) => field(one, 'name') === wanted.context) ?? null, 'id');
    if (!isUuid(context)) return { state: { context: null, exists: false } };
    const variables = await listed(`/v2/context/${context}/environment-variable`, api, signal);
    return { state: { context, exists: variables.some((one) => field(one, 'variable') === wanted.name) } };
  },

  intend(target, state) {
    const { context, name } = contextVariable(ID, target);
    const seen = field(state ?? null, 'context');
    const path = `/v2/context/${isUuid(seen) ? seen : '{context_id}'}/environment-variable/${name}`;
    return {
      summary: `Delete the variable ${name} of the context ${context} of ${target.id} at CircleCI.`,
      changes: [{ method: 'DELETE', path, accepts: [200, 404] }],
      blast_radius: [
        `Jobs of every project that are given ${context} and need ${name} fail from then on; those that run have it already.`,
        'The secret itself is still good wherever it leaked to: revoke it at its issuer as well.',
      ],
    };
  },

  holds: (_target, state) => (field(state, 'exists') === false ? 'The context has no such variable.' : undefined),
});

/** Feeds tell it by its name, of which there may be one at each of CircleCI's providers. */
async function organizationId(target: Target, api: Api, signal: AbortSignal): Promise<string> {
  const path = '/v2/me/collaborations';
  const { body } = await ask(api, { method: 'GET', path }, [200], signal);
  const named = entries(body).filter((one) => field(one, 'name') === target.id);
  const [id = null] = named.map((one) => field(one, 'id'));
  if (named.length > 1) throw invalid(ID, target, 'several organizations of the credential have its name');
  if (isUuid(id)) return id;
  const problem = 'the credential is of no member of an organization of that name';
  throw new PipewardenError('API_REFUSED', { method: 'GET', path, status: 200, problem });
}
