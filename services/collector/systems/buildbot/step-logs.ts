// The stdio logs of a build's steps in their order, found as they come: one step follows the other.
// https://docs.buildbot.net/latest/developer/raml/log.html, …/logchunk.html
import type { Json } from '../../../core/json.ts';
import { flag, identifier, list, number, text } from '../../fields.ts';
import type { Client } from '../client.ts';
import { firstOf } from './answer.ts';

/** Lines asked for at once: of the longest that there are, 32 MiB. */
const PAGE = 500;

export interface StepLog {
  readonly lines: number;
  readonly complete: boolean;
  /** Some lines from this one on, as `raw` has them; empty where there are none. */
  page(line: number): Promise<string>;
}

/** The log of that place as it is now; undefined where there is none yet. `isOver`: the build has ended. */
export type StepLogs = (index: number, isOver: boolean) => Promise<StepLog | undefined>;

/** `header`: what stands before the first. */
export function stepLogsOf(build: string, header: string, api: Client, signal: AbortSignal): StepLogs {
  const logs: StepLog[] = [textLog(header)];
  const ids: string[] = [''];
  /** Steps that will have no more. */
  const done = new Set<string>();

  /** Called when the logs that are known are complete, so what is found comes behind them. */
  async function find(isOver: boolean): Promise<void> {
    const { body } = await api.get(`/builds/${build}/steps?order=number`, signal);
    for (const step of list(body, 'steps')) {
      const stepId = identifier(step, 'stepid');
      if (stepId === undefined || done.has(stepId)) continue;
      const { body: found } = await api.get(`/steps/${stepId}/logs`, signal);
      for (const log of list(found, 'logs')) {
        const id = identifier(log, 'logid');
        if (id === undefined || text(log, 'type') !== 's' || ids.includes(id)) continue;
        ids.push(id);
        logs.push(logOf(id, log, isOver));
      }
      if (isOver || flag(step, 'complete') === true) done.add(stepId);
    }
  }

  function logOf(id: string, log: Json | undefined, isOver: boolean): StepLog {
    return {
      lines: number(log, 'num_lines') ?? 0,
      complete: isOver || flag(log, 'complete') === true,
      async page(line) {
        const { body } = await api.get(`/logs/${id}/contents?offset=${line}&limit=${PAGE}`, signal);
        return withoutStreams(text(list(body, 'logchunks')[0], 'content') ?? '');
      },
    };
  }

  return async (index, isOver) => {
    const known = logs[index];
    const id = ids[index];
    if (known?.complete) return known;
    if (known && id !== undefined) logs[index] = logOf(id, firstOf(await api.get(`/logs/${id}`, signal)), isOver);
    else await find(isOver);
    return logs[index];
  };
}

/** Each line begins with its stream: `h`eader, std`o`ut, std`e`rr. A secret is known by what stands before it too. */
function withoutStreams(content: string): string {
  return content
    .split('\n')
    .map((line) => line.slice(1))
    .join('\n');
}

function textLog(content: string): StepLog {
  const lines = content.split('\n');
  return { lines: lines.length - 1, complete: true, page: async (line) => lines.slice(line).join('\n') };
}
