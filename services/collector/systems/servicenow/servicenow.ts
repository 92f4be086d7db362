// ServiceNow, as it is read: the records of some tables, each time that one was changed.
import type { Json } from '../../../core/json.ts';
import { instant, text } from '../../fields.ts';
import { basicAuthorization } from '../basic.ts';
import { type Connection, defineSystem, type Surroundings } from '../system.ts';
import { ticketsPoll } from '../tickets.ts';
import { type ServicenowSettings, servicenowSettings } from './settings.ts';
import { tablePage, tableProblem } from './table.ts';

export const servicenow = defineSystem({
  type: 'servicenow',
  title: 'ServiceNow',
  settings: servicenowSettings,
  secrets: ({ token }) => [['token', token]],
  connect,
});

function connect(settings: ServicenowSettings, surroundings: Surroundings): Connection {
  const { name, user, token, share, tables, query } = settings;
  const site = settings.url.replace(/\/+$/, '');
  const api = surroundings.client({
    baseUrl: `${site}/api/now`,
    share,
    headers() {
      const secret = surroundings.secret(token);
      // https://www.servicenow.com/docs/r/australia/platform-security/authentication/configure-api-key.html
      return user === undefined ? { 'x-sn-apikey': secret } : { authorization: basicAuthorization(user, secret) };
    },
  });
  const feeds = tables.map((table) => ({
    name: `tickets ${table}`,
    source: 'servicenow.ticket',
    common: { table, site },
    page: tablePage(table, query, api),
    id,
    changed,
  }));
  return {
    polls: feeds.map((feed) => ticketsPoll(feed, surroundings.clock)),
    pulls: [],
    histories: [],
    conditions: tables.map((table) => ({
      name: `${name} ${table}`,
      problem: (signal) => tableProblem(table, api, signal),
    })),
  };
}

/** Two changes within a second have one time. */
function id(row: Json): string {
  return [text(row, 'sys_id', 'value'), changed(row), text(row, 'sys_mod_count', 'value')].join('/');
}

function changed(row: Json): number | undefined {
  return instant(row, 'sys_updated_on', 'value');
}
