// What each GitHub action is aimed at in tests, and what it sends there.
import type { Target } from '../../../../services/core/action.ts';
import { publicKeyFingerprint } from '../../../../services/core/identity/credential.ts';
import { publicKey } from './public-key.ts';
import { REVISION } from './world.ts';

const REPO = '/repos/acme/shop';
const common = { system: 'github', organization: 'acme', repository: 'acme/shop' } as const;
const run: Target = { ...common, type: 'run', id: 'acme/shop/42', branch: 'fix/one', revision: REVISION };
const repository: Target = {
  ...common,
  type: 'repository',
  id: 'acme/shop',
  secret: 'NPM_TOKEN',
  webhook_host: 'sink.example',
};
const organization: Target = { ...common, type: 'organization', id: 'acme', secret: 'NPM_TOKEN' };
const runner: Target = { ...common, type: 'runner', id: 'build-1', runner_id: '5' };
const grouped: Target = { ...runner, runner_group: 'deploy' };
const actor: Target = { ...common, type: 'actor', id: 'github:mara', account: 'mara' };
const token: Target = { ...common, type: 'credential', id: 'github:token:7001', credential_number: '7001' };
const classic: Target = {
  ...common,
  type: 'credential',
  id: 'a'.repeat(43),
  credential_type: 'Personal access token (classic)',
  account: 'mara',
};
const key: Target = { ...common, type: 'credential', id: publicKeyFingerprint(publicKey()) ?? '' };
const moved: Target = {
  ...common,
  type: 'commit',
  id: REVISION,
  branch: 'fix/one',
  previous: 'cd'.repeat(20),
};
const dependency: Target = { ...common, type: 'dependency', id: 'action:evil/thing/sub' };

export interface Aim {
  readonly id: string;
  readonly target: Target;
  /** `METHOD path`, once the state is read. */
  readonly sends: readonly string[];
}

export const AIMS: readonly Aim[] = [
  { id: 'archive-repository', target: repository, sends: [`PATCH ${REPO}`] },
  {
    id: 'block-action',
    target: dependency,
    sends: [`PUT ${REPO}/actions/permissions`, `PUT ${REPO}/actions/permissions/selected-actions`],
  },
  { id: 'block-repo-creation', target: organization, sends: ['PATCH /orgs/acme'] },
  { id: 'block-user', target: actor, sends: ['PUT /orgs/acme/blocks/mara'] },
  { id: 'cut-runner-group', target: grouped, sends: ['DELETE /orgs/acme/actions/runner-groups/21/repositories/1296'] },
  {
    id: 'delete-artifacts',
    target: run,
    sends: [`DELETE ${REPO}/actions/artifacts/61`, `DELETE ${REPO}/actions/artifacts/62`],
  },
  { id: 'delete-branch', target: run, sends: [`DELETE ${REPO}/git/refs/heads%2Ffix%2Fone`] },
  { id: 'delete-caches', target: run, sends: [`DELETE ${REPO}/actions/caches/71`] },
  { id: 'delete-logs', target: run, sends: [`DELETE ${REPO}/actions/runs/42/logs`] },
  { id: 'delete-secret', target: repository, sends: [`DELETE ${REPO}/actions/secrets/NPM_TOKEN`] },
  { id: 'disable-actions', target: repository, sends: [`PUT ${REPO}/actions/permissions`] },
  { id: 'disable-organization-actions', target: organization, sends: ['PUT /orgs/acme/actions/permissions'] },
  { id: 'disable-webhooks', target: repository, sends: [`PATCH ${REPO}/hooks/51`] },
  {
    id: 'drop-sso-credentials',
    target: actor,
    sends: ['DELETE /orgs/acme/credential-authorizations/81', 'DELETE /orgs/acme/credential-authorizations/82'],
  },
  { id: 'fail-check', target: run, sends: [`POST ${REPO}/statuses/${REVISION}`] },
  { id: 'force-cancel-run', target: run, sends: [`POST ${REPO}/actions/runs/42/force-cancel`] },
  { id: 'freeze-organization', target: organization, sends: ['POST /orgs/acme/rulesets'] },
  { id: 'limit-interactions', target: repository, sends: [`PUT ${REPO}/interaction-limits`] },
  { id: 'make-private', target: repository, sends: [`PATCH ${REPO}`] },
  { id: 'narrow-secret', target: organization, sends: ['PUT /orgs/acme/actions/secrets/NPM_TOKEN/repositories'] },
  { id: 'quarantine-runner', target: runner, sends: ['PUT /orgs/acme/actions/runners/5/labels'] },
  { id: 'read-only-token', target: repository, sends: [`PUT ${REPO}/actions/permissions/workflow`] },
  { id: 'reject-deployment', target: run, sends: [`POST ${REPO}/actions/runs/42/pending_deployments`] },
  { id: 'remove-deploy-key', target: key, sends: [`DELETE ${REPO}/keys/31`] },
  { id: 'remove-member', target: actor, sends: ['DELETE /orgs/acme/memberships/mara'] },
  { id: 'remove-runner', target: runner, sends: ['DELETE /orgs/acme/actions/runners/5'] },
  { id: 'restore-ref', target: moved, sends: [`PATCH ${REPO}/git/refs/heads%2Ffix%2Fone`] },
  { id: 'revoke-sso-token', target: classic, sends: ['DELETE /orgs/acme/credential-authorizations/81'] },
  { id: 'revoke-token-access', target: token, sends: ['POST /orgs/acme/personal-access-tokens/91'] },
].map((aim) => ({ ...aim, id: `github.${aim.id}` }));
