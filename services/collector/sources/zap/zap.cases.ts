// Reports in the form of the add-on's page and its template, shortened.
import type { SourceCase } from '../../source-case.ts';

const reference = 'https://www.zaproxy.org/docs/desktop/addons/report-generation/report-traditional-json/';

function alert(more: object): object {
  return {
    pluginid: '10020',
    alertRef: '10020-1',
    alert: 'Missing Anti-clickjacking Header',
    name: 'Missing Anti-clickjacking Header',
    riskcode: '2',
    confidence: '2',
    riskdesc: 'Medium (Medium)',
    desc: '<p>The response does not protect against clickjacking.</p>',
    instances: [
      { id: '3', uri: 'https://shop.example/login', method: 'GET', param: 'x-frame-options', attack: '', evidence: '' },
      { id: '4', uri: 'https://shop.example/cart', method: 'GET', param: 'x-frame-options', attack: '', evidence: '' },
    ],
    count: '2',
    solution: '<p>Set the header.</p>',
    cweid: '1021',
    wascid: '15',
    sourceid: '1',
    ...more,
  };
}

function report(site: unknown, more: object = {}): object {
  return { '@programName': 'ZAP', '@version': '2.16.0', '@generated': 'Sun, 1 Mar 2026 10:00:00', ...more, site };
}

const site = { '@name': 'https://shop.example', '@host': 'shop.example', '@port': '443', '@ssl': 'true' };

export const cases: readonly SourceCase[] = [
  {
    name: 'an alert of two pages is one',
    reference,
    record: { body: report([{ ...site, alerts: [alert({})] }], { created: '2026-03-01T10:00:00.123456Z' }) },
    drafts: [
      {
        kind: 'alert',
        observed_at: Date.parse('2026-03-01T10:00:00.123Z'),
        detail: {
          action: 'reported',
          tool: 'ZAP',
          rule: '10020-1',
          title: 'Missing Anti-clickjacking Header',
          level: 'Medium (Medium)',
          location: { path: 'https://shop.example/login' },
          cwe: ['CWE-1021'],
          target: 'https://shop.example',
          fingerprints: { alert: 'https://shop.example 10020-1' },
        },
      },
    ],
  },
  {
    name: 'an older report, of one site without a list, with no time that could be placed',
    reference: 'https://www.zaproxy.org/docs/docker/baseline-scan/',
    record: {
      repository: 'acme/shop',
      body: report({ ...site, alerts: [alert({ alertRef: undefined, name: undefined })] }),
    },
    drafts: [
      {
        kind: 'alert',
        vcs: { repository: { name: 'acme/shop' } },
        detail: { rule: '10020', title: 'Missing Anti-clickjacking Header' },
      },
    ],
  },
  {
    name: 'two sites, one of them fine',
    reference,
    record: {
      body: report([
        { ...site, alerts: [] },
        { ...site, '@name': 'https://api.example', alerts: [alert({ riskdesc: 'High (Low)' }), alert({})] },
      ]),
    },
    drafts: [
      { kind: 'alert', detail: { level: 'High (Low)' } },
      { kind: 'alert', detail: { level: 'Medium (Medium)' } },
    ],
  },
  {
    name: 'a scan that found nothing',
    reference,
    record: { body: report([{ ...site, alerts: [] }]) },
    drafts: [{ kind: 'alert', detail: { action: 'clean', tool: 'ZAP' } }],
  },
  {
    name: 'a page that gave a key away: the evidence is not kept; an address that is none',
    reference: 'https://www.zaproxy.org/docs/alerts/10094/',
    record: {
      body: report([{ ...site, alerts: [alert({ instances: [{ uri: 7, evidence: 'three plain words' }] })] }]),
    },
    drafts: [{ kind: 'alert', detail: { rule: '10020-1' } }],
    notes: ['uri: expected text, found a number'],
  },
];
