// What the jobs of any system may print: Travis folds, Taskcluster phases, the steps of `docker build`, Azure sections.
import type { Dialect, LineReader, Reading } from './dialect.ts';
import { docker } from './generic/docker.ts';
import { folds } from './generic/folds.ts';
import { afterPrefix, taskcluster } from './generic/taskcluster.ts';
import { startsWith, textOf } from './line.ts';

export const generic: Dialect = {
  masks: ['[secure]', '***'],
  textStart: afterPrefix,
  open(reading) {
    let readers = [folds(reading), taskcluster(reading), docker(reading), sections(reading)];
    // Who begins the first step marks them all: `docker build` within a fold belongs to the fold.
    return (line) => {
      for (const read of readers) {
        const before = reading.steps.last;
        read(line);
        if (reading.steps.last === before || readers.length === 1) continue;
        readers = [read];
        return;
      }
    };
  },
};

/**
 * Azure Pipelines, and GitHub's first runners: `##[section]Starting: NAME` … `##[section]Finishing: NAME`
 * (https://learn.microsoft.com/en-us/azure/devops/pipelines/process/phases).
 */
function sections({ steps }: Reading): LineReader {
  return (line) => {
    if (!startsWith(line, '##[section]')) return;
    const [, edge, name = ''] = /^##\[section\](Starting|Finishing): (.+)/.exec(textOf(line)) ?? [];
    if (edge === 'Starting') steps.begin(name, line);
    else if (edge === 'Finishing') steps.end(line.number);
  };
}
