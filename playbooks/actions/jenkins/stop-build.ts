// Stops a build of Jenkins, which may still clean up.
import { endingBuild } from './build.ts';

export const stopBuild = endingBuild({
  id: 'jenkins.stop-build',
  title: 'Stop a build of Jenkins',
  verb: 'Stop',
  call: 'stop',
  consequence: 'What its job does when a build is aborted (`post`, `finally`) still runs.',
  proof: 'real',
});
