// Lines of Jenkins' access log, and what they become.
import type { SourceCase } from '../../source-case.ts';

const NCSA = 'https://httpd.apache.org/docs/current/logs.html#combined';
const at = Date.parse('2026-03-05T06:52:25Z');

function line(request: string, status: number, user = 'kasia', agent = 'curl/8.5.0'): SourceCase['record'] {
  return { body: `192.0.2.80 - ${user} [05/Mar/2026:07:52:25 +0100] "${request}" ${status} 1425 "-" "${agent}"` };
}

export const cases: readonly SourceCase[] = [
  {
    name: 'Somebody looks at a console',
    reference: NCSA,
    record: line('GET /job/web/job/shop/12/console HTTP/1.1', 200),
    drafts: [
      {
        kind: 'request',
        native_type: 'GET /job/*/job/*/*/console',
        observed_at: at,
        actor: { name: 'kasia', type: 'unknown' },
        client: { address: '192.0.2.80', user_agent: 'curl/8.5.0' },
        cicd: { pipeline: { name: 'web/shop', run: { id: '12' } } },
        detail: {
          operation: '/job/*/job/*/*/console',
          method: 'GET',
          path: '/job/web/job/shop/12/console',
          status: 200,
        },
      },
    ],
  },
  {
    name: 'A script is sent to the console of an agent, round the mount point and with a hidden parameter',
    reference: 'https://www.jenkins.io/doc/book/managing/script-console/',
    record: line('POST /jenkins/computer/agent-1/;x/scriptText HTTP/1.1', 200),
    drafts: [
      {
        kind: 'request',
        cicd: { worker: { name: 'agent-1' } },
        detail: { operation: 'script console', method: 'POST', status: 200 },
      },
    ],
  },
  {
    name: 'A stranger speaks to the command line over HTTP',
    reference: 'https://www.jenkins.io/security/advisory/2024-01-24/',
    record: line('POST /cli?remoting=false HTTP/1.1', 200, '-', 'Java/17.0.10'),
    drafts: [
      {
        kind: 'request',
        client: { user_agent: 'Java/17.0.10' },
        detail: { operation: 'cli', path: '/cli?remoting=false', status: 200 },
      },
    ],
  },
  {
    name: 'A password is sent, which Jenkins answers alike, right or wrong',
    reference: NCSA,
    record: line('POST /j_spring_security_check HTTP/1.1', 302, '-'),
    drafts: [{ kind: 'session', detail: { action: 'other', method: 'password' } }],
  },
  {
    name: 'It was wrong',
    reference: NCSA,
    record: line('GET /loginError HTTP/1.1', 401, '-'),
    drafts: [{ kind: 'session', detail: { action: 'failure', method: 'password' } }],
  },
  {
    name: 'A job is configured',
    reference: NCSA,
    record: line('POST /job/shop/configSubmit HTTP/1.1', 302),
    drafts: [{ kind: 'definition', detail: { system: 'jenkins', path: 'shop/config.xml', change: 'changed' } }],
  },
  {
    name: 'Somebody may not configure a job',
    reference: NCSA,
    record: line('POST /job/shop/configSubmit HTTP/1.1', 403),
    drafts: [{ kind: 'request', detail: { operation: '/job/*/configSubmit', status: 403 } }],
  },
  {
    name: 'A plugin is installed',
    reference: 'https://www.jenkins.io/doc/book/managing/plugins/',
    record: line('POST /manage/pluginManager/install HTTP/1.1', 302),
    drafts: [{ kind: 'integration', detail: { action: 'plugin install' } }],
  },
  {
    name: 'Something that is no HTTP, in the common form without agent',
    reference: 'https://httpd.apache.org/docs/current/logs.html#common',
    record: { body: '203.0.113.5 - - [05/Mar/2026:06:52:25 +0000] "\\x16\\x03\\x01" 400 -' },
    drafts: [
      { kind: 'request', native_type: 'malformed', observed_at: at, detail: { operation: 'malformed', status: 400 } },
    ],
  },
];
