// Keeps what GitLab shows of a pipeline: itself, its jobs with their artifacts, and the pipelines that it started. Its variables are
// left where they are: their values are secrets more often than not.
import { keepingEvidence, reading, readingPages } from '../keeping.ts';
import { pipelineNumber, pipelinePath } from './paths.ts';

const ID = 'gitlab.keep-pipeline';

export const keepPipeline = keepingEvidence({
  id: ID,
  title: 'Keep what GitLab shows of a pipeline',
  system: 'gitlab',
  permissions: ['scope read_api', 'Reporter role in the project'],
  reference: 'https://docs.gitlab.com/api/pipelines/#retrieve-a-single-pipeline',
  proof: 'documentation',

  name: (target) => `pipeline ${pipelineNumber(ID, target)} of ${target.repository}`,

  // https://docs.gitlab.com/api/jobs/
  evidence(target) {
    const path = pipelinePath(ID, target);
    return [
      reading('pipeline', path),
      readingPages('jobs', `${path}/jobs?include_retried=true&`),
      readingPages('bridges', `${path}/bridges?`),
    ];
  },
});
