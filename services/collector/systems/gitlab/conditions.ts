// What has to be so for GitLab to be read: the token works, and may see what the configuration wants read.
import { flag, texts } from '../../fields.ts';
import type { Client } from '../client.ts';
import { fileCondition } from '../file/follow.ts';
import type { Condition } from '../system.ts';
import type { GitlabSettings } from './settings.ts';

/** https://docs.gitlab.com/api/personal_access_tokens/#self-inform; tokens of groups and projects tell it as well. */
export function gitlabConditions(settings: GitlabSettings, api: Client): readonly Condition[] {
  const { name, groups, instance, audit_log } = settings;
  const reads = new Set(settings.read);
  const audited = instance ? [''] : groups.map((group) => `/groups/${encodeURIComponent(group)}`);
  return [
    {
      name: `${name} credential`,
      async problem(signal) {
        const { body } = await api.get('/personal_access_tokens/self', signal);
        const scopes = texts(body, 'scopes') ?? [];
        if (flag(body, 'active') === false) return 'the token has expired or was revoked: make another';
        const may = scopes.includes('read_api') || scopes.includes('api');
        return may ? undefined : `the token’s scopes are ${scopes.join(', ')}: it needs read_api`;
      },
    },
    ...groups.map((group) => asked(`group ${group}`, `/groups/${encodeURIComponent(group)}`, api)),
    ...(reads.has('audit')
      ? audited.map((path) => asked(`audit events${path}`, `${path}/audit_events?per_page=1`, api))
      : []),
    ...(audit_log === undefined ? [] : [fileCondition(audit_log)]),
  ];
}

function asked(name: string, path: string, api: Client): Condition {
  return {
    name,
    async problem(signal) {
      await api.get(path, signal);
      return undefined;
    },
  };
}
