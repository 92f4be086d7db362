// Events written from the schema's pages of each class.
import type { SourceCase } from '../../source-case.ts';

const page = (name: string) => `https://schema.ocsf.io/1.3.0/classes/${name}`;
const time = 1_772_358_000_123;

function event(classUid: number, activity: number, name: string, more: object): object {
  return {
    class_uid: classUid,
    category_uid: Math.floor(classUid / 1_000),
    activity_id: activity,
    type_uid: classUid * 100 + activity,
    type_name: name,
    time,
    status_id: 1,
    metadata: { version: '1.3.0', product: { name: 'Product', vendor_name: 'Vendor' }, uid: 'event-1' },
    ...more,
  };
}

const mara = { name: 'mara', uid: 'u-17', email_addr: 'Mara@example.org', type_id: 1 };

export const cases: readonly SourceCase[] = [
  {
    name: 'somebody signs in with a second factor',
    reference: page('authentication'),
    record: {
      body: event(3002, 1, 'Authentication: Logon', {
        user: mara,
        auth_protocol: 'SAML',
        auth_protocol_id: 5,
        is_mfa: true,
        src_endpoint: { ip: '198.51.100.7', location: { country: 'NZ' }, autonomous_system: { number: 64500 } },
        http_request: { user_agent: 'Mozilla/5.0' },
        cloud: { account: { uid: '123456789012' } },
      }),
    },
    drafts: [
      {
        kind: 'session',
        native_type: 'Authentication: Logon',
        natural_id: 'event-1',
        observed_at: time,
        organization: '123456789012',
        actor: { name: 'mara', id: 'u-17', email: 'mara@example.org', type: 'person' },
        client: { address: '198.51.100.7', country_iso_code: 'NZ', asn: 64500, user_agent: 'Mozilla/5.0' },
        detail: { action: 'login', method: 'SAML', mfa: true },
      },
    ],
  },
  {
    name: 'signing in to a machine fails',
    reference: page('authentication'),
    record: {
      body: event(3002, 1, 'Authentication: Logon', {
        status_id: 2,
        status_detail: 'Unknown user.',
        user: { name: 'svc-build', type_id: 3 },
        logon_type: 'Network',
        dst_endpoint: { hostname: 'builder-3' },
        src_endpoint: { ip: '-' },
      }),
    },
    drafts: [
      {
        kind: 'session',
        actor: { name: 'svc-build', type: 'bot' },
        host: { name: 'builder-3' },
        detail: { action: 'failure', method: 'Network', reason: 'Unknown user.' },
      },
    ],
  },
  {
    name: 'a call of an interface',
    reference: page('api_activity'),
    record: {
      body: event(6003, 2, 'API Activity: Read', {
        actor: { user: { ...mara, credential_uid: 'token:9' } },
        api: {
          operation: 'GET /api/v4/user',
          service: { name: 'GitLab' },
          response: { code: 403, error: 'forbidden' },
        },
        http_request: { http_method: 'GET', url: { path: '/api/v4/user' }, user_agent: 'curl/8.5.0' },
        src_endpoint: { ip: '198.51.100.7' },
      }),
    },
    drafts: [
      {
        kind: 'request',
        credential: { id: 'token:9' },
        detail: { operation: 'GET /api/v4/user', method: 'GET', path: '/api/v4/user', status: 403, error: 'forbidden' },
      },
    ],
  },
  {
    name: 'a call of AWS, as Security Lake tells CloudTrail',
    reference: 'https://github.com/ocsf/examples/tree/main/mappings',
    record: {
      body: event(6003, 4, 'API Activity: Delete', {
        actor: {
          user: {
            type: 'IAMUser',
            name: 'ci',
            uid: 'arn:aws:iam::123456789012:user/ci',
            credential_uid: 'AKIAEXAMPLE',
          },
        },
        api: {
          operation: 'DeleteTrail',
          service: { name: 'cloudtrail.amazonaws.com' },
          request: { uid: 'request-1', data: '{"name":"organization"}' },
          response: { error: null },
        },
      }),
    },
    drafts: [
      {
        kind: 'protection',
        actor: { name: 'ci', type: 'unknown' },
        credential: { id: 'AKIAEXAMPLE' },
        detail: { change: 'removed', what: 'cloudtrail: delete trail', target: 'organization' },
      },
    ],
  },
  {
    name: 'an account loses its second factor',
    reference: page('account_change'),
    record: {
      body: event(3001, 11, 'Account Change: MFA Factor Disable', { user: mara, actor: { user: { name: 'root' } } }),
    },
    drafts: [
      {
        kind: 'protection',
        actor: { name: 'root' },
        detail: { change: 'removed', what: 'second factor', target: 'mara' },
      },
    ],
  },
  {
    name: 'somebody is added to a group',
    reference: page('group_management'),
    record: {
      body: event(3006, 3, 'Group Management: Add User', {
        activity_name: 'Add User',
        actor: { user: { name: 'root' } },
        group: { name: 'release-managers' },
        user: mara,
      }),
    },
    drafts: [{ kind: 'access', detail: { action: 'Add User', subject: 'mara', role: 'release-managers' } }],
  },
  {
    name: 'a role is given',
    reference: page('user_access'),
    record: {
      body: event(3005, 1, 'User Access Management: Assign Privileges', {
        activity_name: 'Assign Privileges',
        user: mara,
        privileges: ['backup', 'debug'],
      }),
    },
    drafts: [{ kind: 'access', detail: { action: 'Assign Privileges', subject: 'mara', role: 'backup, debug' } }],
  },
  {
    name: 'a connection is refused',
    reference: page('network_activity'),
    record: {
      body: event(4001, 5, 'Network Activity: Refuse', {
        actor: {
          process: {
            name: 'curl',
            pid: 17,
            cmd_line: 'curl https://files.example',
            parent_process: { name: 'bash', pid: 3 },
          },
        },
        device: { hostname: 'builder-3' },
        dst_endpoint: { hostname: 'files.example', ip: '203.0.113.9', port: 443 },
        src_endpoint: { ip: '10.0.0.4' },
        connection_info: { protocol_num: 6, direction_id: 2 },
        disposition_id: 2,
        traffic: { bytes_out: 512 },
      }),
    },
    drafts: [
      {
        kind: 'connection',
        host: { name: 'builder-3' },
        process: { executable: 'curl', pid: 17, ancestors: [{ executable: 'bash', pid: 3 }] },
        detail: {
          host: 'files.example',
          address: '203.0.113.9',
          port: 443,
          transport: 'tcp',
          direction: 'egress',
          verdict: 'blocked',
          bytes: 512,
        },
      },
    ],
  },
  {
    name: 'a name is looked up',
    reference: page('dns_activity'),
    record: {
      body: event(4003, 1, 'DNS Activity: Query', {
        query: { hostname: 'files.example', type: 'A' },
        answers: [{ rdata: '203.0.113.9', type: 'A' }],
      }),
    },
    drafts: [{ kind: 'dns', detail: { name: 'files.example', type: 'A', addresses: ['203.0.113.9'] } }],
  },
  {
    name: 'a program starts in a container',
    reference: page('process_activity'),
    record: {
      body: event(1007, 1, 'Process Activity: Launch', {
        device: { hostname: 'builder-3' },
        container: { uid: 'c0ffee', name: 'job', image: { name: 'node:22' } },
        actor: { process: { file: { path: '/bin/sh' }, pid: 3 }, user: { name: 'root', type_id: 2 } },
        process: {
          file: { path: '/usr/bin/curl' },
          pid: 17,
          cmd_line: 'curl -d @- https://files.example',
          user: { name: 'root' },
        },
      }),
    },
    drafts: [
      {
        kind: 'process',
        host: { name: 'builder-3', container: { id: 'c0ffee', name: 'job', image: 'node:22' } },
        process: {
          executable: '/usr/bin/curl',
          command_line: 'curl -d @- https://files.example',
          pid: 17,
          user: 'root',
          ancestors: [{ executable: '/bin/sh', pid: 3 }],
        },
        detail: { action: 'start' },
      },
    ],
  },
  {
    name: 'a file is read',
    reference: page('file_activity'),
    record: {
      body: event(1001, 2, 'File System Activity: Read', {
        actor: { process: { name: 'python3', pid: 18 } },
        file: { name: '.credentials', path: '/actions-runner/.credentials' },
      }),
    },
    drafts: [{ kind: 'file', process: { pid: 18 }, detail: { action: 'read', path: '/actions-runner/.credentials' } }],
  },
  {
    name: 'a detection of another product',
    reference: page('detection_finding'),
    record: {
      body: event(2004, 1, 'Detection Finding: Create', {
        activity_name: 'Create',
        severity: 'High',
        finding_info: { uid: 'f-1', title: 'Crypto miner', analytic: { uid: 'R-77', name: 'Miner' } },
        resources: [{ name: 'builder-3' }],
      }),
    },
    drafts: [
      {
        kind: 'alert',
        detail: {
          action: 'Create',
          tool: 'Product',
          rule: 'R-77',
          title: 'Crypto miner',
          level: 'High',
          location: { path: 'builder-3' },
        },
      },
    ],
  },
  {
    name: 'a class that nothing here knows; numbers as text, a user that is none',
    reference: 'https://schema.ocsf.io/1.3.0/classes/inventory_info',
    record: {
      body: {
        class_uid: '5001',
        activity_id: '1',
        class_name: 'Device Inventory Info',
        time: '1772358000123',
        actor: { user: 7 },
      },
    },
    drafts: [{ kind: 'other', observed_at: time, detail: { type: 'Device Inventory Info: 1' } }],
    notes: ['actor.user: expected an object, found a number'],
  },
];
