// Terminates a Pipeline build that has caught its stop and goes on.
import { endingBuild } from './build.ts';

export const terminateBuild = endingBuild({
  id: 'jenkins.terminate-build',
  title: 'Terminate a Pipeline build of Jenkins',
  verb: 'Terminate',
  call: 'term',
  consequence: 'What its Pipeline does when it is aborted does not run. Only Pipeline builds can be terminated.',
  proof: 'documentation',
  byName: true,
});
