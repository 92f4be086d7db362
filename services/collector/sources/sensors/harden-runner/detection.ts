// A detection of Harden-Runner, and the deed that it rests on. Which fields a type carries is shown for some of them in
// https://docs.stepsecurity.io/admin-console/integrations/sample-detection-events, and for the others by what StepSecurity's
// own clients read (github.com/step-security/stepsecurity-mcp, terraform-provider-stepsecurity); none is relied on.
import type { Cicd, Vcs } from '../../../../core/activity.ts';
import type { JsonObject } from '../../../../core/json.ts';
import { anyKnown, at, identifier, known, number, text } from '../../../fields.ts';
import type { ActivityDraft } from '../../../source.ts';
import { BLIND, type Deed, RAISED } from '../shared/deed.ts';
import { parseEndpoint } from '../shared/endpoints.ts';
import { fileDeed } from '../shared/files.ts';
import { count, moment } from '../shared/values.ts';
import { processOf } from './tool.ts';

const MARKS = ['detection', 'id_timestamp', 'workflow_path', 'incident_url', 'job_id'];

export function isDetection(entry: JsonObject): boolean {
  return MARKS.some((mark) => Object.hasOwn(entry, mark)) || text(entry, 'type') === 'Threat-Intelligence';
}

export function detectionDrafts(entry: JsonObject): readonly ActivityDraft[] {
  const rule = text(entry, 'id');
  const type = text(entry, 'type') ?? rule ?? 'unnamed';
  const deed = deedOf(type, entry);
  const base = known({
    native_type: type,
    natural_id: naturalId(entry),
    observed_at: moment(entry, 'timestamp') ?? moment(entry, 'incident_start_time'),
    organization: text(entry, 'owner'),
    process: processOf(at(entry, 'tool')),
    vcs: vcsOf(entry),
    cicd: cicdOf(entry),
  });
  const raised: ActivityDraft = {
    ...base,
    kind: 'alert',
    detail: known({
      action: type === 'Agent-Tampered' ? BLIND : RAISED,
      tool: 'harden-runner',
      rule: type,
      title: text(entry, 'name') ?? text(entry, 'title'),
      level: text(entry, 'severity'),
      location: deed?.kind === 'file' ? { path: deed.detail.path } : undefined,
    }),
  };
  return deed ? [raised, { ...base, ...deed }] : [raised];
}

/** `detection` names a type and what it is about; it comes again with every run. */
function naturalId(entry: JsonObject): string | undefined {
  const detection = text(entry, 'detection');
  if (detection === undefined) return undefined;
  return [detection, ...['run_id', 'job_id', 'timestamp'].map((name) => identifier(entry, name) ?? '')].join(' ');
}

function deedOf(type: string, entry: JsonObject): Deed | undefined {
  switch (type) {
    case 'Source-Code-Overwritten': {
      const path = text(entry, 'file_path') ?? text(entry, 'file');
      return path === undefined ? undefined : fileDeed('write', path);
    }
    case 'Runner-Worker-Memory-Read':
      return { kind: 'memory', detail: { action: 'read', target: { executable: 'Runner.Worker' } } };
    case 'Reverse-Shell':
    case 'Privileged-Container':
      return processOf(at(entry, 'tool')) && { kind: 'process', detail: { action: 'start' } };
    default:
      return connection(type, entry);
  }
}

/** `endpoint` reads `host:port`. A call that was not blocked went through: the agent only reports it. */
function connection(type: string, entry: JsonObject): Deed | undefined {
  const address = text(entry, 'direct_ip_address') ?? text(entry, 'ip_address');
  const called = text(entry, 'endpoint') ?? text(entry, 'domain') ?? text(entry, 'host');
  const to = called === undefined ? undefined : parseEndpoint(called);
  const found = known({ ...(address && parseEndpoint(address)), ...to });
  if (found.host === undefined && found.address === undefined) return undefined;
  return {
    kind: 'connection',
    detail: known({
      ...found,
      port: found.port ?? count(entry, 'port'),
      direction: 'egress' as const,
      verdict: type === 'Domain-Blocked' || type === 'IP-Blocked' ? ('blocked' as const) : ('allowed' as const),
      path: text(entry, 'path'),
    }),
  };
}

/** `repo` is written with its owner by some types, and without by others. */
function vcsOf(entry: JsonObject): Vcs | undefined {
  const owner = text(entry, 'owner');
  const repo = text(entry, 'repo');
  const name = repo === undefined || repo.includes('/') ? repo : owner === undefined ? undefined : `${owner}/${repo}`;
  const github = text(entry, 'workflow_path')?.startsWith('.github/') || text(entry, 'html_url')?.includes('/github/');
  return anyKnown({
    provider: github ? { name: 'github' } : undefined,
    repository: name === undefined ? undefined : { name },
  });
}

function cicdOf(entry: JsonObject): Cicd | undefined {
  const id = identifier(entry, 'run_id');
  const job = text(entry, 'job') ?? text(entry, 'job_name');
  const jobId = identifier(entry, 'job_id');
  const pipeline = anyKnown({
    definition: text(entry, 'workflow_path'),
    run:
      id === undefined ? undefined : known({ id, attempt: number(entry, 'run_attempt'), url: text(entry, 'html_url') }),
    task: job === undefined ? undefined : known({ name: job, run: jobId === undefined ? undefined : { id: jobId } }),
  });
  return pipeline && { pipeline };
}
