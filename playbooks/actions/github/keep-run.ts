// Keeps what GitHub shows of a run: itself, the jobs of all its attempts, artifacts, and who approved its deployments.
import { field } from '../answer.ts';
import { keepingEvidence, reading, readingPages } from '../keeping.ts';
import { runNumber, runPath } from './paths.ts';

const ID = 'github.keep-run';

export const keepRun = keepingEvidence({
  id: ID,
  title: 'Keep what GitHub shows of a run',
  system: 'github',
  permissions: ['actions: read'],
  reference: 'https://docs.github.com/en/rest/actions/workflow-runs#get-a-workflow-run',
  proof: 'schema',

  name: (target) => `run ${runNumber(ID, target)} of ${target.repository}`,

  evidence(target) {
    const path = runPath(ID, target);
    return [
      reading('run', path),
      readingPages('jobs', `${path}/jobs?filter=all&`, (answer) => field(answer, 'jobs')),
      readingPages('artifacts', `${path}/artifacts?`, (answer) => field(answer, 'artifacts')),
      reading('approvals', `${path}/approvals`),
      reading('pending-deployments', `${path}/pending_deployments`),
    ];
  },
});
