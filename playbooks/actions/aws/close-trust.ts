// Lets nobody take a role with a token of a web identity, as pipelines do, by a statement in the role's trust policy: what
// is denied there counts more than what is allowed. Sessions that there are go on.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html
import { type Change, defineAction, type Target } from '../../../services/core/action.ts';
import { canonicalJson, isObject, type Json } from '../../../services/core/json.ts';
import { field } from '../answer.ts';
import { labels } from '../label.ts';
import { documentIn, iam, iamChange } from './iam.ts';
import { lookAtRole, roleName } from './role.ts';

const ID = 'aws.close-trust';
const SID = 'PipewardenClosesTrust';

export const closeTrust = defineAction({
  id: ID,
  kind: 'hold-deploy',
  title: 'Let no pipeline take a role of AWS',
  system: 'aws',
  target: 'credential',
  byName: true,
  permissions: ['iam:GetRole', 'iam:UpdateAssumeRolePolicy'],
  reversible: true,
  undoing: 'Puts the trust policy back as it was.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html',
  proof: 'schema',

  /** The whole policy is what is written; what it may hold of an external id is no secret to AWS. */
  async look(target, api, signal) {
    const role = await lookAtRole(ID, target, api, signal);
    const asked = iam('GetRole', { RoleName: roleName(ID, target) });
    const document = documentIn(asked, role, 'AssumeRolePolicyDocument');
    const hosts = providersIn(document).map((provider) => provider.replace(/^.*oidc-provider\//, ''));
    return {
      state: { document },
      touches: [`Whose tokens open it at this moment, under its conditions: ${labels(hosts)}.`],
    };
  },

  intend(target, state) {
    const role = roleName(ID, target);
    const document = state === undefined ? undefined : closed(field(state, 'document'));
    return {
      summary: `Let nobody take the role ${role} with a token of a web identity.`,
      changes: [
        update(target, document === undefined ? `{policy with the statement ${SID}}` : JSON.stringify(document)),
      ],
      blast_radius: [
        `No pipeline that takes ${role} with its OpenID Connect token gets it, of whichever repository: deployments wait.`,
        'Sessions that have begun go on until they end; aws.deny-sessions denies them.',
      ],
    };
  },

  holds(_target, state) {
    const document = field(state, 'document');
    return canonicalJson(closed(document)) === canonicalJson(document)
      ? 'Nobody can take the role with a token of a web identity.'
      : undefined;
  },

  undo(target, before, now) {
    const document = field(before, 'document');
    if (canonicalJson(closed(document)) !== canonicalJson(field(now, 'document'))) return [];
    return [update(target, JSON.stringify(document))];
  },
});

function update(target: Target, PolicyDocument: string): Change {
  return iamChange('UpdateAssumeRolePolicy', { RoleName: roleName(ID, target), PolicyDocument });
}

/** The same for one that is closed already. */
function closed(document: Json): Json {
  const Federated = providersIn(document);
  if (Federated.length === 0 || !isObject(document)) return document;
  const Principal = Federated.includes('*') ? '*' : { Federated };
  const deny = { Sid: SID, Effect: 'Deny', Principal, Action: 'sts:AssumeRoleWithWebIdentity' };
  const others = statementsIn(document).filter((one) => field(one, 'Sid') !== SID);
  return { ...document, Statement: [...others, deny] };
}

/** `*` where everybody is let in; one of SAML opens by another action. */
function providersIn(document: Json): readonly string[] {
  const allowing = statementsIn(document).filter((one) => field(one, 'Effect') === 'Allow');
  const principals = allowing.map((one) => field(one, 'Principal'));
  const all = principals.flatMap((one) => listOf(one === '*' ? one : field(one, 'Federated')));
  const names = all.filter((one): one is string => typeof one === 'string' && !one.includes(':saml-provider/'));
  return [...new Set(names)].sort();
}

function statementsIn(document: Json): readonly Json[] {
  return listOf(field(document, 'Statement'));
}

/** Policies may name one thing without a list around it. */
function listOf(value: Json): readonly Json[] {
  if (value === null) return [];
  return Array.isArray(value) ? value : [value];
}
