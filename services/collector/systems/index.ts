// The list of systems.
import { bucket } from './bucket/bucket.ts';
import { buildbot } from './buildbot/buildbot.ts';
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
  bucket,
  buildbot,
  circleci,
  file,
  gitea,
  github,
  gitlab,
  jenkins,
  jira,
  servicenow,
];
