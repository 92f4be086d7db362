// Where tools keep their programs, and where only those are that nobody should find.
import { expect, test } from 'vitest';
import { isHiddenPlace } from '../../detectors/process/hidden-places.ts';

test.each(['./.cache/resolver', '/home/ci/.x/worker', '/dev/shm/k', '/var/tmp/.a/b', '/tmp/.X11/run'])('%s', (path) => {
  expect(isHiddenPlace(path)).toBe(true);
});

test.each([
  '/usr/bin/node',
  'node',
  './build/tool',
  '/home/ci/.cargo/bin/cargo',
  '/home/ci/.newtool/bin/newtool',
  '/home/ci/.cache/bazelisk/downloads/bazel',
  './node_modules/.bin/tsc',
  '../tools/run',
])('%s is a place for programs', (path) => {
  expect(isHiddenPlace(path)).toBe(false);
});
