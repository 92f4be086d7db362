// Holds a branch by a ruleset of its own that nobody may bypass: no push, no merge, no rewriting, no deleting.
import { type Api, defineAction, type Target } from '../../../services/core/action.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import type { Json } from '../../../services/core/json.ts';
import { branchRef, field, repositoryPath, STATE_NOT_READ, send } from '../github-api.ts';

const ID = 'github.freeze-branch';
const RULES = ['update', 'deletion', 'non_fast_forward'] as const;

export const freezeBranch = defineAction({
  id: ID,
  kind: 'hold-deploy',
  title: 'Freeze a branch on GitHub',
  system: 'github',
  target: 'repository',
  permissions: ['administration: write'],
  reversible: true,
  undoing: 'Deletes the ruleset again.',
  reference: 'https://docs.github.com/en/rest/repos/rules#create-a-repository-ruleset',

  async plan(target, read, signal) {
    const path = rulesetsPath(target);
    const name = rulesetName(target);
    const branch = target.branch === undefined ? 'the default branch' : `the branch ${target.branch}`;
    const plan = {
      summary: `Freeze ${branch} of ${target.repository} by the ruleset "${name}".`,
      requests: [{ method: 'POST', path, body: ruleset(target) }],
    } as const;
    const radius = [
      `Nobody, administrators and apps included, can push to, merge into, rewrite or delete ${branch}.`,
      'Releases and deployments that start from a push to it wait until it is released.',
    ];
    if (!read) return { ...plan, blast_radius: [...radius, STATE_NOT_READ], before: null };
    const found = await findRuleset(read, path, name, signal);
    if (!found) return { ...plan, blast_radius: radius, before: { ruleset: null } };
    const already_done = `The ruleset "${name}" is there and active.`;
    return { ...plan, requests: [], blast_radius: [], before: { ruleset: found }, already_done };
  },

  /** Looks for its ruleset first: a call that got through before a crash is found again, with the id that undo needs. */
  async execute(plan, api, signal) {
    const [request] = plan.requests;
    if (!request) return null;
    const name = field(request.body ?? null, 'name');
    const id =
      (await findRuleset(api, request.path, name, signal)) ??
      field((await send(api, request, [201], signal)).body, 'id');
    return { ruleset: rulesetId(request.path, id) };
  },

  async verify(target, _plan, result, read, signal) {
    const path = `${rulesetsPath(target)}/${rulesetId(rulesetsPath(target), field(result, 'ruleset'))}`;
    const { status, body } = await send(read, { method: 'GET', path }, [200, 404], signal);
    if (status === 404 || field(body, 'enforcement') !== 'active') return false;
    const include = field(field(field(body, 'conditions'), 'ref_name'), 'include');
    const rules = field(body, 'rules');
    if (!Array.isArray(include) || !Array.isArray(rules)) return false;
    const types = rules.map((rule: Json) => field(rule, 'type'));
    return include.includes(branchRef(ID, target)) && RULES.every((type) => types.includes(type));
  },

  undo(target, _plan, result) {
    if (result === null) return [];
    const path = rulesetsPath(target);
    return [{ method: 'DELETE', path: `${path}/${rulesetId(path, field(result, 'ruleset'))}` }];
  },
});

function rulesetsPath(target: Target): string {
  return `${repositoryPath(ID, target)}/rulesets`;
}

function rulesetName(target: Target): string {
  return `Pipewarden holds ${target.branch ?? 'the default branch'}`;
}

function ruleset(target: Target): Json {
  return {
    name: rulesetName(target),
    target: 'branch',
    enforcement: 'active',
    conditions: { ref_name: { include: [branchRef(ID, target)], exclude: [] } },
    rules: RULES.map((type) => ({ type })),
  };
}

/** The id of the repository's own active ruleset of that name. A repository holds at most 75, so one page has them all. */
async function findRuleset(read: Api, path: string, name: Json, signal: AbortSignal): Promise<Json | undefined> {
  const query = `${path}?includes_parents=false&per_page=100`;
  const { body } = await send(read, { method: 'GET', path: query }, [200], signal);
  if (!Array.isArray(body)) return undefined;
  const found = body.find((one: Json) => field(one, 'name') === name && field(one, 'enforcement') === 'active');
  return found === undefined ? undefined : field(found, 'id');
}

function rulesetId(path: string, id: Json): number {
  if (typeof id === 'number' && Number.isSafeInteger(id)) return id;
  throw new PipewardenError('API_REFUSED', { method: 'POST', path, status: 201, problem: 'the answer has no id' });
}
