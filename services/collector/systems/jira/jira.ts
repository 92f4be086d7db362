// Jira, as it is read: the issues of some projects, each time that one was changed.
import type { Json } from '../../../core/json.ts';
import { MINUTE } from '../../../core/time.ts';
import { identifier, instant } from '../../fields.ts';
import { basicAuthorization } from '../basic.ts';
import { type Condition, type Connection, defineSystem, type Surroundings } from '../system.ts';
import { ticketsPoll } from '../tickets.ts';
import { jiraSearch } from './search.ts';
import { type JiraSettings, jiraSettings } from './settings.ts';

export const jira = defineSystem({
  type: 'jira',
  title: 'Jira',
  settings: jiraSettings,
  secrets: ({ token }) => [['token', token]],
  connect,
});

function connect(settings: JiraSettings, surroundings: Surroundings): Connection {
  const { name, url, user, token, share } = settings;
  const api = surroundings.client({
    baseUrl: settings.api ?? url,
    share,
    headers() {
      const secret = surroundings.secret(token);
      return { authorization: user === undefined ? `Bearer ${secret}` : basicAuthorization(user, secret) };
    },
  });
  const page = jiraSearch(settings, api);
  const feed = {
    name: 'tickets',
    source: 'jira.ticket',
    common: { site: url.replace(/\/+$/, '') },
    page,
    changed,
    id: (issue: Json) => `${identifier(issue, 'id')}/${changed(issue)}`,
  };
  const works: Condition = {
    name: `${name} credential`,
    async problem(signal) {
      await page(surroundings.clock.now() - MINUTE, undefined, signal);
      return undefined;
    },
  };
  const version = settings.edition === 'cloud' ? 3 : 2;
  const visible = settings.projects.map(
    (key): Condition => ({
      name: `${name} project ${key}`,
      async problem(signal) {
        const { status } = await api.get(`/rest/api/${version}/project/${key}`, signal, { expect: [404] });
        return status === 404 ? `the account does not see ${key}: give it Browse Projects there` : undefined;
      },
    }),
  );
  return {
    polls: [ticketsPoll(feed, surroundings.clock)],
    pulls: [],
    histories: [],
    conditions: [works, ...visible],
  };
}

function changed(issue: Json): number | undefined {
  return instant(issue, 'fields', 'updated');
}
