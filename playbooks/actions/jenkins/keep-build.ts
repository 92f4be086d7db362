// Keeps what Jenkins shows of a build: causes, parameters, changes and artifacts, and of a pipeline its stages and what it waits
// for. Its console is text, which a client of an API here does not take.
import { keepingEvidence, reading } from '../keeping.ts';
import { buildNumber, buildPath, jobName } from './paths.ts';

const ID = 'jenkins.keep-build';

export const keepBuild = keepingEvidence({
  id: ID,
  title: 'Keep what Jenkins shows of a build',
  system: 'jenkins',
  permissions: ['Job/Read'],
  reference: 'https://www.jenkins.io/doc/book/using/remote-access-api/',
  proof: 'documentation',

  name: (target) => `build ${buildNumber(ID, target)} of ${jobName(ID, target)}`,

  // The stages are those of a plugin: https://github.com/jenkinsci/pipeline-stage-view-plugin/tree/master/rest-api
  evidence(target) {
    const path = buildPath(ID, target);
    return [
      reading('build', `${path}/api/json`),
      reading('stages', `${path}/wfapi/describe`),
      reading('pending-inputs', `${path}/wfapi/pendingInputActions`),
    ];
  },
});
