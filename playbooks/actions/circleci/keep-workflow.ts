// Keeps what CircleCI shows of a workflow: itself, its pipeline and the configuration that it ran, its jobs (approvals are
// jobs too) and their artifacts.
import type { EvidenceRequest } from '../../../services/core/action.ts';
import type { Json } from '../../../services/core/json.ts';
import { entries, field, idOf } from '../answer.ts';
import { keepingEvidence, reading } from '../keeping.ts';
import { isUuid, workflowPath } from './paths.ts';

const ID = 'circleci.keep-workflow';
/** https://circleci.com/docs/guides/toolkit/api-developers-guide/#project-slug */
const SLUG = /^[a-z]{1,20}(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._-]{1,100}){2}$/;

export const keepWorkflow = keepingEvidence({
  id: ID,
  title: 'Keep what CircleCI shows of a workflow',
  system: 'circleci',
  permissions: ['personal API token of somebody who may see the project'],
  reference: 'https://circleci.com/docs/api/v2/#operation/getWorkflowById',
  proof: 'documentation',

  name(target) {
    const path = workflowPath(ID, target);
    return `the workflow ${path.slice(path.lastIndexOf('/') + 1)}`;
  },

  evidence(target) {
    const path = workflowPath(ID, target);
    return [reading('workflow', path, pipelineOf), reading('jobs', `${path}/job`, artifactsOf)];
  },
});

function pipelineOf(workflow: Json): readonly EvidenceRequest[] {
  const id = field(workflow, 'pipeline_id');
  if (!isUuid(id)) return [];
  return [reading('pipeline', `/v2/pipeline/${id}`), reading('configuration', `/v2/pipeline/${id}/config`)];
}

function artifactsOf(jobs: Json): readonly EvidenceRequest[] {
  return entries(field(jobs, 'items')).flatMap((job) => {
    const number = idOf(job, 'job_number');
    const slug = field(job, 'project_slug');
    if (number === undefined || typeof slug !== 'string' || !SLUG.test(slug)) return [];
    return [reading(`artifacts-${number}`, `/v2/project/${slug}/${number}/artifacts`)];
  });
}
