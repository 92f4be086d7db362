// The log of a step of Bitbucket Pipelines: its build setup, then each command of its script behind a `+`
// (https://support.atlassian.com/bitbucket-cloud/docs/bitbucket-pipelines-configuration-reference/,
// …/docs/view-your-pipeline/). A shell that traces itself writes the same sign: what it runs is a step too.
import type { Dialect, LineReader, Reading } from '../../log/dialect.ts';
import { type Line, startsWith, textOf } from '../../log/line.ts';
import { defineLogSource } from '../../log/source.ts';

const SETUP = 'Build setup';
const TEARDOWN = 'Build teardown';
/** What is run before the script, to have the sources, begins with one of these. */
const FIRST = /^(?:umask 000$|GIT_LFS_SKIP_SMUDGE=1 )/;
const PREPARATION =
  /^(?:umask 000$|GIT_LFS_SKIP_SMUDGE=1 |retry \d git |git (?:clone|fetch|checkout|init|reset --hard|config|remote|reflog|lfs|branch)\b|echo "\.bitbucket\/pipelines\/generated"|chmod 777 \$BUILD_DIR|mkdir -p \$BUILD_DIR|cd \$BUILD_DIR)/;
const IMAGE = /^\s*build\s*: (\S{1,300})$/;
const DIGEST = /^(.{1,200})@(sha256:[0-9a-f]{64})$/;
const [LONGEST_NAME, LONGEST_COMMAND] = [200, 500];

export const bitbucket: Dialect = { masks: [], open };

export const bitbucketJobLog = defineLogSource({
  id: 'bitbucket.job-log',
  title: 'Logs of Bitbucket Pipelines’ steps',
  reference: 'https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pipelines/',
  provider: 'bitbucket',
  dialect: bitbucket,
  stamped: false,
});

function open({ steps, setup }: Reading): LineReader {
  let part: 'start' | 'setup' | 'images' | 'script' = 'start';

  function command(line: Line): void {
    const text = textOf(line).slice(2);
    if (text === '') return;
    if (part !== 'script' && FIRST.test(text)) {
      part = 'setup';
      if (!steps.running) steps.begin(SETUP, line);
    } else if (part !== 'setup' || !PREPARATION.test(text)) {
      part = 'script';
      steps.begin(text.slice(0, LONGEST_NAME), line, text.slice(0, LONGEST_COMMAND));
    }
    line.from += 2;
    line.command = true;
  }

  function image(text: string): void {
    const name = IMAGE.exec(text)?.[1];
    if (name === undefined) return;
    const [, plain, digest] = DIGEST.exec(name) ?? [];
    setup.image.name ??= plain ?? name;
    if (digest !== undefined) setup.image.digest ??= digest;
  }

  return (line) => {
    if (startsWith(line, '+ ')) command(line);
    else if (startsWith(line, 'Images used:') && part !== 'script') {
      part = 'images';
      if (!steps.running) steps.begin(SETUP, line);
    } else if (part === 'images') image(textOf(line));
    else if (startsWith(line, 'Searching for test report files in directories named ')) {
      part = 'script';
      steps.begin(TEARDOWN, line);
    }
  };
}
