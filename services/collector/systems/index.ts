// The list of systems.
import { PipewardenError } from '../../core/errors.ts';
import { azureDevops } from './azure-devops/azure-devops.ts';
import { bitbucket } from './bitbucket/bitbucket.ts';
import { bucket } from './bucket/bucket.ts';
import { buildbot } from './buildbot/buildbot.ts';
import { buildkite } from './buildkite/buildkite.ts';
import { circleci } from './circleci/circleci.ts';
import { file } from './file/file.ts';
import { gitea } from './gitea/gitea.ts';
import { github } from './github/github.ts';
import { gitlab } from './gitlab/gitlab.ts';
import { jenkins } from './jenkins/jenkins.ts';
import { jira } from './jira/jira.ts';
import { servicenow } from './servicenow/servicenow.ts';
import type { System } from './system.ts';

export const SYSTEMS: readonly System[] = [
  azureDevops,
  bitbucket,
  bucket,
  buildbot,
  buildkite,
  circleci,
  file,
  gitea,
  github,
  gitlab,
  jenkins,
  jira,
  servicenow,
];

/** Of settings that name it. */
export function systemOf({ type }: { readonly type: string }): System {
  const system = SYSTEMS.find((each) => each.type === type);
  if (!system) throw new PipewardenError('INTERNAL', { problem: `there is no system ${type}` });
  return system;
}
