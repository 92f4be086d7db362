// Kills a Pipeline build that was stopped and terminated, and goes on.
import { endingBuild } from './build.ts';

export const killBuild = endingBuild({
  id: 'jenkins.kill-build',
  title: 'Kill a Pipeline build of Jenkins',
  verb: 'Kill',
  call: 'kill',
  consequence: 'Locks and agents that it holds may stay held. Only Pipeline builds can be killed.',
  proof: 'documentation',
  byName: true,
});
