// What leaves its trace in the audit log above all: API calls, clones and fetches, protection of branches.
import type { Fetch, Protection, Request } from './acts.ts';
import { utcSeconds } from './calendar.ts';
import { auditClient, auditContext, auditToken, context, origin } from './github.ts';
import { numberOf } from './ids.ts';
import { createRandom } from './random.ts';
import type { Stage } from './stage.ts';

export function tellRequest(stage: Stage, act: Request): void {
  const { at, by, repository } = act;
  const { place, client } = origin(by, at, act.from);
  stage.recorder.audit('api.request', at, createRandom(`request/${by.login}/${at}`), {
    ...auditContext(by, act.path.startsWith('/repos/') ? repository : undefined),
    ...auditClient(place, client),
    ...auditToken(by),
    operation_type: 'access',
    request_method: 'GET',
    url_path: act.path.split('?')[0] ?? act.path,
    query_string: act.path.includes('?') ? act.path.slice(act.path.indexOf('?')) : '',
    status_code: 200,
  });
}

export function tellFetch(stage: Stage, act: Fetch): void {
  const { at, by, repository } = act;
  const { place, git, ssh } = origin(by, at, act.from);
  stage.recorder.audit(act.kind, at, createRandom(`${act.kind}/${by.login}/${at}`), {
    ...auditContext(by, repository),
    ...auditClient(place, git),
    ...(ssh ? {} : auditToken(by)),
    transport_protocol_name: ssh ? 'ssh' : 'http',
  });
}

export function tellProtection(stage: Stage, act: Protection): void {
  const { at, by, repository, change } = act;
  const random = createRandom(`protection/${repository}/${at}`);
  const { place, client } = origin(by, at, act.from);
  const removed = change === 'deleted';
  stage.recorder.webhook('branch_protection_rule', at, random, {
    action: change,
    rule: {
      id: numberOf(`protection/${repository}`, 8),
      repository_id: numberOf(`repository/${repository}`, 9),
      name: 'main',
      created_at: removed ? '2025-06-12T08:20:41.000Z' : utcSeconds(at),
      updated_at: utcSeconds(at),
      pull_request_reviews_enforcement_level: 'everyone',
      required_approving_review_count: 1,
      admin_enforced: true,
      allow_force_pushes_enforcement_level: 'off',
      allow_deletions_enforcement_level: 'off',
    },
    ...context(repository, by),
  });
  stage.recorder.audit(removed ? 'protected_branch.destroy' : 'protected_branch.create', at, random, {
    ...auditContext(by, repository),
    ...auditClient(place, client),
    ...auditToken(by),
    operation_type: removed ? 'remove' : 'create',
    name: 'main',
    branch: 'refs/heads/main',
  });
}
