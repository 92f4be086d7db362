// Cases of persistence-file-written: a machine of one's own that runs builds.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { HOUR } from '../../services/core/time.ts';

const AT = Date.UTC(2026, 2, 3, 14);

function written(at: number, path: string, executable = '/usr/bin/bash', container = false) {
  return activityAt(
    at,
    'file',
    { action: 'write', path },
    {
      source: 'tetragon',
      host: { name: 'builder', ...(container && { container: { id: 'c1' } }) },
      cicd: { worker: { name: 'builder' } },
      process: { executable },
    },
  );
}

const days = Array.from({ length: 60 }, (_, index) =>
  written(AT - (61 - index) * HOUR, `/work/build/${index}.o`, '/usr/bin/gcc'),
);

export const cases: readonly DetectorCase[] = [
  {
    name: 'A job puts a timetable on the machine',
    kind: 'hit',
    history: days,
    activity: written(AT, '/var/spool/cron/crontabs/root'),
    expected: 'medium',
  },
  {
    name: 'A script of a package makes itself a service',
    kind: 'hit',
    history: days,
    activity: written(AT, '/root/.config/systemd/user/updater.service', '/usr/bin/python3.12'),
    expected: 'medium',
  },
  {
    name: 'The same within a container',
    kind: 'hit',
    history: days,
    activity: written(AT, '/etc/cron.d/job', '/usr/bin/bash', true),
    expected: 'low',
  },
  {
    name: 'A package manager installs a service',
    kind: 'near-miss',
    history: days,
    activity: written(AT, '/lib/systemd/system/nginx.service', '/usr/bin/dpkg'),
    expected: null,
  },
  {
    name: 'A job that does so every day',
    kind: 'near-miss',
    history: [...days, written(AT - 30 * HOUR, '/etc/cron.d/a'), written(AT - 26 * HOUR, '/etc/cron.d/a')],
    activity: written(AT, '/etc/cron.d/a'),
    expected: null,
  },
  {
    name: 'The first write that is seen of a machine lets somebody in',
    kind: 'cold-start',
    history: [],
    activity: written(AT, '/home/ci/.ssh/authorized_keys'),
    expected: 'medium',
  },
  {
    name: 'A path of nothing',
    kind: 'malformed',
    history: days,
    activity: written(AT, ''),
    expected: null,
  },
];
