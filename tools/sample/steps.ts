// The steps that several pipelines share.

import { CHANGED_PATHS, REPOINTED_AT } from './action-refs.ts';
import { writeHostileStep } from './attack-log.ts';
import { curlMeter } from './log-text.ts';
import type { Step } from './workflow.ts';

export const checkout: Step = {
  name: 'Run actions/checkout@v4',
  write(log, run) {
    log.group(
      'Run actions/checkout@v4',
      'with:',
      `  repository: lumen-works/${run.repository}`,
      '  token: ***',
      '  fetch-depth: 1',
    );
    log.line(`Syncing repository: lumen-works/${run.repository}`);
    log.group(
      'Fetching the repository',
      `[command]/usr/bin/git -c protocol.version=2 fetch --no-tags --depth=1 origin +${run.sha}:refs/remotes/origin/${run.ref}`,
      `From https://github.com/lumen-works/${run.repository}`,
    );
    log.wait(300, 1500);
    log.line(`HEAD is now at ${run.sha.slice(0, 7)} ${run.message}`);
  },
};

export const changedPaths: Step = {
  name: `Run ${CHANGED_PATHS}`,
  write(log, run) {
    log.group(`Run ${CHANGED_PATHS}`, 'with:', '  token: ***', '  base: main');
    if (run.start >= REPOINTED_AT && run.secrets.length > 0) writeHostileStep(log);
    log.line(`Comparing with ${run.sha.slice(0, 12)}^`);
    log.line(`${run.random.int(1, 9)} changed paths`);
  },
};

/** Sends a report with curl to the service that draws the coverage. */
export const coverage: Step = {
  name: 'Upload coverage',
  write(log, run) {
    const url = `https://ingest.coverage.example/v1/lumen-works/${run.repository}`;
    log.run(`curl -fL --data-binary @coverage.out ${url}`, ['CI: true']);
    log.wait(200, 900);
    curlMeter(log, run.random.int(9_000, 60_000), 'up');
  },
};

/** Tells the transparency log and the chat. */
export const announce: Step = {
  name: 'Announce',
  write(log, run) {
    log.run('bash -x scripts/announce.sh');
    log.line('+ curl -sSf -d @dist/provenance.json https://ledger.provenance.example/v1/entries');
    log.wait(200, 800);
    log.line(`Entry ${run.random.int(10_000_000, 99_999_999)} added`);
    log.line('+ curl -sSf -d @dist/note.json https://chat.lumen-works.example/rooms/releases');
  },
};

export const githubRelease: Step = {
  name: 'Create release',
  write(log, run) {
    log.run(`gh release create ${run.ref} --generate-notes`, ['GH_TOKEN: ***']);
    log.wait(900, 2500);
    log.line(`https://github.com/lumen-works/${run.repository}/releases/tag/${run.ref}`);
  },
};
