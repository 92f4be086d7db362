// Denies everything to the sessions of a role that began up to a moment. That moment is when the session of the incident
// began: it is the same whenever it is looked at, so what was agreed to is what is sent, and newer sessions go on.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
import { type Change, defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import { canonicalJson, type Json, type JsonObject } from '../../../services/core/json.ts';
import { formatInstant, SECOND } from '../../../services/core/time.ts';
import { entries, field } from '../answer.ts';
import { invalid } from '../target.ts';
import { documentIn, iam, iamChange } from './iam.ts';
import { lookAtRole, roleName } from './role.ts';

const ID = 'aws.deny-sessions';
const POLICY = 'PipewardenDeniesOlderSessions';
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

export const denySessions = defineAction({
  id: ID,
  kind: 'drop-sessions',
  title: 'Deny everything to a session of a role, and to older ones',
  system: 'aws',
  target: 'credential',
  permissions: ['iam:GetRole', 'iam:GetRolePolicy', 'iam:PutRolePolicy', 'iam:DeleteRolePolicy'],
  reversible: true,
  undoing: 'Deletes the policy again, or puts the one of an earlier session back.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html',
  proof: 'schema',

  async look(target, api, signal) {
    await lookAtRole(ID, target, api, signal);
    const request = iam('GetRolePolicy', { RoleName: roleName(ID, target), PolicyName: POLICY });
    const { status, body } = await ask(api, request, [200, 404], signal);
    if (status === 404) return { state: { until: null } };
    const document = documentIn(request, body, 'PolicyDocument');
    const until = untilOf(document);
    if (until !== undefined && canonicalJson(document) === canonicalJson(denying(until))) return { state: { until } };
    const { method, path } = request;
    throw new PipewardenError('API_UNEXPECTED', { method, path, problem: `${POLICY} is not as Pipewarden puts it` });
  },

  intend(target) {
    const until = wanted(target);
    const role = roleName(ID, target);
    return {
      summary: `Deny everything to the sessions of the role ${role} that began before ${until}.`,
      changes: [put(target, until)],
      blast_radius: [
        `Whatever works in such a session of ${role} is refused at once: jobs, machines, people; what it does is left half done.`,
        'Whoever may take the role can begin a new session: where pipelines do, close its trust as well.',
      ],
    };
  },

  holds(target, state) {
    const until = field(state, 'until');
    return typeof until === 'string' && until >= wanted(target) ? 'Such sessions are denied everything.' : undefined;
  },

  undo(target, before, now) {
    if (field(now, 'until') !== wanted(target)) return [];
    const until = field(before, 'until');
    if (typeof until === 'string') return [put(target, until)];
    return [iamChange('DeleteRolePolicy', { RoleName: roleName(ID, target), PolicyName: POLICY }, [200, 404])];
  },
});

function put(target: Target, until: string): Change {
  const PolicyDocument = JSON.stringify(denying(until));
  return iamChange('PutRolePolicy', { RoleName: roleName(ID, target), PolicyName: POLICY, PolicyDocument });
}

function denying(until: string): JsonObject {
  const Condition = { DateLessThan: { 'aws:TokenIssueTime': until } };
  return { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*', Condition }] };
}

function untilOf(document: Json): string | undefined {
  const [statement = null] = entries(field(document, 'Statement'));
  const until = field(field(field(statement, 'Condition'), 'DateLessThan'), 'aws:TokenIssueTime');
  return typeof until === 'string' && TIME.test(until) ? until : undefined;
}

/** CloudTrail tells whole seconds, and the session may have begun within one. Throws TARGET_INVALID. */
function wanted(target: Target): string {
  roleName(ID, target);
  const issued = Date.parse(target.issued ?? '');
  if (Number.isNaN(issued)) throw invalid(ID, target, 'when the session began is not known');
  return `${formatInstant(issued + SECOND).slice(0, 19)}Z`;
}
