// Whom a runner serves at this moment. https://docs.gitlab.com/api/runners/
import type { Api } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import type { Json } from '../../../services/core/json.ts';
import { field, word } from '../answer.ts';
import { labels } from '../label.ts';

/** `runner` as `GET path` answers. Only the jobs of projects that the credential may see are known. */
export async function runnerTouches(
  path: string,
  runner: Json,
  api: Api,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const running = `${path}/jobs?status=running&per_page=100`;
  const jobs = (await ask(api, { method: 'GET', path: running }, [200], signal)).body;
  const projects = field(runner, 'projects');
  return [
    `It is a runner of ${level(runner)}${Array.isArray(projects) && projects.length > 0 ? `, for ${projects.length} project(s)` : ''}.`,
    ...(Array.isArray(jobs) && jobs.length > 0
      ? [`Runs on it at this moment: ${labels(jobs.map((job) => field(job, 'name')))}.`]
      : []),
  ];
}

function level(runner: Json): string {
  const type = word(field(runner, 'runner_type'));
  if (type === 'instance_type') return 'the whole instance';
  return type === 'group_type' ? 'a group' : 'single projects';
}
