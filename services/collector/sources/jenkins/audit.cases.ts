// Lines of Jenkins' Audit Trail plugin, and what they become.
import type { SourceCase } from '../../source-case.ts';

const reference = 'https://plugins.jenkins.io/audit-trail/';
const at = Date.parse('2026-03-09T14:39:26.461Z');

function line(message: string): SourceCase['record'] {
  return { body: `Mar 9, 2026 2:39:26,461 PM ${message}` };
}

export const cases: readonly SourceCase[] = [
  {
    name: 'A job is configured',
    reference,
    record: line('/job/web/job/shop/configSubmit by kasia from 192.0.2.80'),
    drafts: [
      {
        kind: 'definition',
        native_type: '/job/*/job/*/configSubmit',
        observed_at: at,
        actor: { name: 'kasia', type: 'unknown' },
        client: { address: '192.0.2.80' },
        cicd: { pipeline: { name: 'web/shop' } },
        detail: { system: 'jenkins', path: 'web/shop/config.xml', change: 'changed' },
      },
    ],
  },
  {
    name: 'An item is made in a folder; the name stands behind the path, the address is not told',
    reference,
    record: line('/job/web/createItem (New Shop) by kasia'),
    drafts: [
      {
        kind: 'definition',
        actor: { name: 'kasia' },
        cicd: { pipeline: { name: 'web/New Shop' } },
        detail: { path: 'web/New Shop/config.xml', change: 'added' },
      },
    ],
  },
  {
    name: 'A build is deleted by nobody who is signed in',
    reference,
    record: line('/job/shop/57/doDelete by NA from 198.51.100.4'),
    drafts: [
      {
        kind: 'run',
        client: { address: '198.51.100.4' },
        cicd: { pipeline: { name: 'shop', run: { id: '57' } } },
        detail: { action: 'doDelete' },
      },
    ],
  },
  {
    name: 'A queued build is cancelled',
    reference,
    record: line('/queue/cancelItem?id=1 (job/shop/) by kasia from 192.0.2.80'),
    drafts: [{ kind: 'run', cicd: { pipeline: { name: 'shop' } }, detail: { action: 'cancelItem' } }],
  },
  {
    name: 'A stored credential is changed',
    reference: 'https://plugins.jenkins.io/credentials/',
    record: line('/manage/credentials/store/system/domain/_/credential/nexus/updateSubmit by kasia from 192.0.2.80'),
    drafts: [{ kind: 'secret', detail: { action: 'updateSubmit', name: 'nexus' } }],
  },
  {
    name: 'An agent is taken offline',
    reference,
    record: line('/computer/agent-1/toggleOffline by kasia from 192.0.2.80'),
    drafts: [{ kind: 'runner', cicd: { worker: { name: 'agent-1' } }, detail: { action: 'toggleOffline' } }],
  },
  {
    name: 'An account is made',
    reference,
    record: line('/securityRealm/createAccountByAdmin by admin from 198.51.100.4'),
    drafts: [{ kind: 'access', actor: { name: 'admin' }, detail: { action: 'createAccountByAdmin' } }],
  },
  {
    name: 'A token is made for an account',
    reference: 'https://www.jenkins.io/doc/book/system-administration/authenticating-scripted-clients/',
    record: line(
      '/user/svc/descriptorByName/jenkins.security.ApiTokenProperty/generateNewToken by admin from 198.51.100.4',
    ),
    drafts: [{ kind: 'grant', detail: { action: 'generateNewToken', name: 'svc' } }],
  },
  {
    name: 'Security is configured, in the form of the console logger',
    reference,
    record: { body: '2026-03-09 14:39:26:461 - /manage/configureSecurity/configure by kasia from 192.0.2.80' },
    drafts: [{ kind: 'protection', observed_at: at, detail: { change: 'changed', what: 'security configuration' } }],
  },
  {
    name: 'A build is started by a person, with parameters',
    reference,
    record: line('job/web/job/shop/ #12 Started by user kasia, Parameters:[BRANCH: {main}, KEY: {****}]'),
    drafts: [
      {
        kind: 'run',
        actor: { name: 'kasia' },
        cicd: { pipeline: { name: 'web/shop', run: { id: '12', trigger: 'user', state: 'executing' } } },
        detail: { action: 'started' },
      },
      { kind: 'secret', detail: { action: 'parameters', names: ['BRANCH', 'KEY'] } },
    ],
  },
  {
    name: 'A build that another started is over',
    reference,
    record: line(
      'web » shop #12 Started by upstream project "web/lib" build number 4, Parameters:[] on node agent-2 started at 2026-03-09T14:30:00Z completed in 566461ms completed: FAILURE',
    ),
    drafts: [
      {
        kind: 'run',
        cicd: {
          pipeline: {
            name: 'web/shop',
            run: { id: '12', trigger: 'upstream', result: 'failure', parent: { pipeline: 'web/lib', id: '4' } },
          },
          worker: { name: 'agent-2' },
        },
        detail: { action: 'completed' },
      },
    ],
  },
  {
    name: 'A build is handed a credential',
    reference,
    record: line(
      "'web/shop#12' (class org.jenkinsci.plugins.workflow.job.WorkflowRun) used credentials 'nexus' (class com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl).",
    ),
    drafts: [
      {
        kind: 'secret',
        cicd: { pipeline: { name: 'web/shop', run: { id: '12' } } },
        detail: { action: 'used', name: 'nexus' },
      },
    ],
  },
  {
    name: 'A script runs in the console',
    reference,
    record: line(
      "A groovy script was executed by user 'kasia'. Origin: Script Console Controller. \nThe executed script: \nprintln 1",
    ),
    drafts: [{ kind: 'request', actor: { name: 'kasia' }, detail: { operation: 'script console' } }],
  },
  {
    name: 'Somebody fails to sign in',
    reference,
    record: line("Failed login attempt for user 'kasia'"),
    drafts: [{ kind: 'session', actor: { name: 'kasia' }, detail: { action: 'failure' } }],
  },
  {
    name: 'A line in no known form',
    reference,
    record: { body: 'println 1' },
    drafts: [{ kind: 'other', detail: { type: 'line' } }],
  },
];
