// The real build logs by the CI system that wrote them, and the source that reads each kind.
import type { Dialect } from '../services/collector/log/dialect.ts';
import { generic } from '../services/collector/log/generic.ts';
import { defineLogSource } from '../services/collector/log/source.ts';
import type { Source } from '../services/collector/source.ts';
import { github } from '../services/collector/sources/github/job-log/dialect.ts';
import { githubJobLog } from '../services/collector/sources/github/job-log.ts';
import { jenkins } from '../services/collector/sources/jenkins/console/dialect.ts';
import { jenkinsConsole } from '../services/collector/sources/jenkins/console.ts';

export interface LogFeedOf {
  readonly kind: string;
  readonly source: Source;
  readonly dialect: Dialect;
}

/** Of systems that have no source of their own: their markers, as they stand in any log. */
const unmarked = defineLogSource({
  id: 'other.job-log',
  title: 'Logs of other systems',
  reference: 'https://docs.docker.com/reference/cli/docker/buildx/build/',
  dialect: generic,
  stamped: false,
});

const KINDS: readonly (readonly [RegExp, LogFeedOf])[] = [
  [/^github/, { kind: 'GitHub Actions', source: githubJobLog, dialect: github }],
  [/^jenkins/, { kind: 'Jenkins', source: jenkinsConsole, dialect: jenkins }],
  [/^travis/, { kind: 'Travis', source: unmarked, dialect: generic }],
  [/^taskcluster/, { kind: 'Taskcluster', source: unmarked, dialect: generic }],
  [/docker/, { kind: 'Docker', source: unmarked, dialect: generic }],
];

/** By the folder that the log stands in. */
export function feedOf(file: string): LogFeedOf {
  const [, feed] = KINDS.find(([folder]) => folder.test(file)) ?? [];
  return feed ?? { kind: 'other', source: unmarked, dialect: generic };
}
