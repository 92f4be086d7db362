// Cases of server-shell: a controller that calls git, and agents that run builds.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY, HOUR } from '../../services/core/time.ts';

const AT = Date.UTC(2026, 2, 3, 14);

function started(
  at: number,
  executable: string | undefined,
  parent = '/usr/lib/jvm/java-17/bin/java',
  host = 'controller',
) {
  return activityAt(
    at,
    'process',
    { action: 'start' },
    {
      source: 'tetragon',
      host: { name: host },
      cicd: { worker: { name: host } },
      ...(executable !== undefined && {
        process: { executable, command_line: `${executable} -c id`, ancestors: [{ executable: parent }] },
      }),
    },
  );
}

const calls = Array.from({ length: 120 }, (_, index) => started(AT - (121 - index) * 6 * HOUR, '/usr/bin/git'));
const builds = Array.from({ length: 120 }, (_, index) => started(AT - (121 - index) * 6 * HOUR, '/bin/sh'));

export const cases: readonly DetectorCase[] = [
  {
    name: 'The controller starts a shell, which it never did',
    kind: 'hit',
    history: calls,
    activity: started(AT, '/bin/sh'),
    expected: 'medium',
  },
  {
    name: 'A file server starts a shell on a machine that runs builds',
    kind: 'hit',
    history: builds,
    activity: started(AT, '/bin/sh', '/usr/sbin/smbd'),
    expected: 'medium',
  },
  {
    name: 'An agent starts a shell for a build, as every day',
    kind: 'near-miss',
    history: builds,
    activity: started(AT, '/bin/bash'),
    expected: null,
  },
  {
    name: 'The controller starts what it always does',
    kind: 'near-miss',
    history: calls,
    activity: started(AT, '/usr/bin/git'),
    expected: null,
  },
  {
    name: 'The first programs that are seen on a machine',
    kind: 'cold-start',
    history: calls.slice(0, 3),
    activity: started(AT - 200 * DAY, '/bin/sh'),
    expected: null,
  },
  {
    name: 'A process of which nothing is known',
    kind: 'malformed',
    history: calls,
    activity: started(AT, undefined),
    expected: null,
  },
];
