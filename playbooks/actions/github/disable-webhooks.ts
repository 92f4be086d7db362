// Switches off the webhooks of a repository that send to one host.
import { type Change, defineAction, type Target } from '../../../services/core/action.ts';
import type { Json } from '../../../services/core/json.ts';
import { entries, field } from '../answer.ts';
import { idsState, noneLeft } from '../deleting.ts';
import { listed } from '../listed.ts';
import { invalid } from '../target.ts';
import { repositoryPath } from './paths.ts';

const ID = 'github.disable-webhooks';

export const disableWebhooks = defineAction({
  id: ID,
  kind: 'block-destination',
  title: 'Disable the webhooks of a repository that send to a host',
  system: 'github',
  target: 'repository',
  byName: true,
  permissions: ['webhooks: write'],
  reversible: true,
  undoing: 'Enables those webhooks again that were enabled before.',
  reference: 'https://docs.github.com/en/rest/repos/webhooks#update-a-repository-webhook',
  proof: 'schema',

  /** The ids of those that are active. */
  async look(target, api, signal) {
    const wanted = hostOf(target);
    const all = await listed(hooksPath(target), api, signal);
    const found = all.filter((hook) => field(hook, 'active') === true && sendsTo(hook) === wanted);
    return { state: idsState(found), touches: [`${found.length} of ${all.length} webhooks.`] };
  },

  intend(target, state) {
    const ids = state === undefined ? ['{hook_id}'] : entries(field(state, 'ids'));
    return {
      summary: `Disable the webhooks of ${target.repository} that send to ${hostOf(target)}.`,
      changes: ids.map((id) => change(target, id, false)),
      blast_radius: [`Whatever waits at ${hostOf(target)} for what happens in ${target.repository} is no longer told.`],
    };
  },

  holds(target, state) {
    return noneLeft(state) ? `No active webhook sends to ${hostOf(target)}.` : undefined;
  },

  undo(target, before, now) {
    const active = entries(field(now, 'ids'));
    return entries(field(before, 'ids'))
      .filter((id) => !active.includes(id))
      .map((id) => change(target, id, true));
  },
});

function change(target: Target, id: Json, active: boolean): Change {
  return { method: 'PATCH', path: `${hooksPath(target)}/${id}`, body: { active }, accepts: [200] };
}

function hooksPath(target: Target): string {
  return `${repositoryPath(ID, target)}/hooks`;
}

function hostOf(target: Target): string {
  const host = target.webhook_host ?? '';
  if (!/^[A-Za-z0-9.:[\]-]{1,253}$/.test(host))
    throw invalid(ID, target, 'the host that a webhook sends to is not known');
  return host;
}

function sendsTo(hook: Json): string | undefined {
  const url = field(field(hook, 'config'), 'url');
  return typeof url === 'string' ? URL.parse(url)?.hostname : undefined;
}
