// Whichever page of a ticket somebody names, it is the same ticket.
import { expect, test } from 'vitest';
import { ticketName } from '../../services/core/ticket-name.ts';

const ID = '9d385017c611228701d22104cc95c371';

test.each([
  ['SEC-12', 'SEC-12'],
  [' sec-12 ', 'SEC-12'],
  ['inc0010023', 'INC0010023'],
  ['https://acme.atlassian.net/browse/SEC-12', 'acme.atlassian.net/SEC-12'],
  ['https://acme.atlassian.net/browse/sec-12?focusedId=1#comments', 'acme.atlassian.net/SEC-12'],
  ['https://tools.acme.example:8443/jira/browse/SEC-12/', 'tools.acme.example:8443/SEC-12'],
  ['https://acme.atlassian.net/projects/SEC/issues/SEC-12', 'acme.atlassian.net/SEC-12'],
  [`https://acme.service-now.com/incident.do?sys_id=${ID}`, `acme.service-now.com/${ID.toUpperCase()}`],
  [`https://acme.service-now.com/nav_to.do?uri=incident.do?sys_id=${ID}`, `acme.service-now.com/${ID.toUpperCase()}`],
  [
    `https://acme.service-now.com/nav_to.do?uri=%2Fincident.do%3Fsys_id%3D${ID}%26x%3D1`,
    `acme.service-now.com/${ID.toUpperCase()}`,
  ],
  [
    `https://acme.service-now.com/now/nav/ui/classic/params/target/incident.do%3Fsys_id%3D${ID}`,
    `acme.service-now.com/${ID.toUpperCase()}`,
  ],
  [`https://acme.service-now.com/now/sir/record/sn_si_incident/${ID}`, `acme.service-now.com/${ID.toUpperCase()}`],
  ['https://dev.azure.com/acme/shop/_workitems/edit/12', 'dev.azure.com/acme/shop/_workitems/edit/12'],
  ['to be told', undefined],
  ['javascript:SEC-12', undefined],
  ['', undefined],
  [`https://acme.example/${'a'.repeat(3_000)}`, undefined],
])('%s', (said, name) => {
  expect(ticketName(said)).toBe(name);
});
