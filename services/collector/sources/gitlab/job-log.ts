// GitLab's job traces: sections, the runner's banner, commands
// (https://docs.gitlab.com/ci/jobs/job_logs/, https://gitlab.com/gitlab-org/gitlab-runner, common/build.go).
import type { Result } from '../../../core/details/pipeline.ts';
import type { Dialect, LineReader, Reading } from '../../log/dialect.ts';
import { createMarkers } from '../../log/landmark.ts';
import { type Line, textOf } from '../../log/line.ts';
import { defineLogSource } from '../../log/source.ts';
import { afterStamp } from '../../log/stamp.ts';
import { type Step, take } from '../../log/steps.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: a marker ends with the sequence that clears its line
const MARKER = /section_(start|end):\d{1,12}:([^\s\u001B:[]{1,200})(?:\[[^\]\s]{0,300}\])?\r?(?:\u001B\[0K)?/y;
/** Sections of the runner itself; a job's own ones lie within these. */
const STAGES = new Set(
  'resolve_secrets prepare_executor prepare_script get_sources clear_worktree restore_cache download_artifacts step_script build_script after_script archive_cache archive_cache_on_failure upload_artifacts_on_success upload_artifacts_on_failure cleanup_file_variables'.split(
    ' ',
  ),
);
/** Of a timestamped line: stream, kind and whether it goes on with the one before. */
const STREAM = /[0-9a-f]{2}[OE][ +]/y;
const FIRST = new Set([...'$RoUIJECA '].map((character) => character.charCodeAt(0)));
const BUILDS = '/builds/';
const RESULTS: readonly (readonly [RegExp, Result])[] = [
  [/^Job succeeded/, 'success'],
  [/^ERROR: Job failed: execution took longer than/, 'timeout'],
  [/^ERROR: Job failed: cancel/, 'cancellation'],
  [/^ERROR: Job failed \(system failure\)/, 'error'],
  [/^ERROR: Job failed/, 'failure'],
];

export const gitlab: Dialect = {
  masks: ['[MASKED]'],
  textStart(log, start, to) {
    const from = afterStamp(log, start, to);
    STREAM.lastIndex = from;
    return from !== start && STREAM.test(log) ? STREAM.lastIndex : from;
  },
  open,
};

export const gitlabJobLog = defineLogSource({
  id: 'gitlab.job-log',
  title: 'GitLab job traces',
  reference: 'https://docs.gitlab.com/api/jobs/#get-a-log-file',
  provider: 'gitlab',
  dialect: gitlab,
  stamped: true,
});

function open({ log, steps, setup }: Reading): LineReader {
  const readMarkers = createMarkers(log, 'section_', MARKER);
  const sections: string[] = [];
  let hasSections = false;
  /** What the job's own script did: the job's result is its result. */
  let script: Step | undefined;
  let project: string | undefined;

  function mark(line: Line, [, edge, name = '']: RegExpExecArray): void {
    hasSections = true;
    if (edge === 'start') {
      if (STAGES.has(name)) sections.length = 0;
      if (sections.length === 0) steps.begin(name, line);
      if (sections.length === 0 && /^(?:step|build)_script$/.test(name)) script = steps.running;
      sections.push(name);
    } else if (sections.includes(name)) {
      sections.length = sections.lastIndexOf(name);
      if (sections.length === 0) steps.end(line.number);
    }
  }

  function readSetup(text: string): void {
    const version = /^Running with gitlab-runner (\S{1,60})/.exec(text)?.[1];
    if (version !== undefined) setup.runner.version = version;
    const [, name, id] = /^ {2}on (\S.*?) ([\w-]{6,20})(?:, system ID: \S{1,60})?$/.exec(text) ?? [];
    if (name !== undefined && id !== undefined) Object.assign(setup.runner, { name, id });
    const image = /^Using (?:Docker|Kubernetes) executor with image (\S+)/.exec(text)?.[1];
    if (image !== undefined) setup.image.name = image;
    const [, used, digest] =
      /^Using docker image \S{1,100} for (\S+) with digest [^\s@]+@(sha256:[0-9a-f]{64})/.exec(text) ?? [];
    if (used !== undefined && used === setup.image.name && digest !== undefined) setup.image.digest = digest;
  }

  function readSources(text: string, line: Line): void {
    if (text.endsWith('/.git/') && text.includes(BUILDS)) {
      // Some runners have a folder of their own in between: `/builds/1a2b3c/0/group/project`.
      const path = text.slice(text.indexOf(BUILDS) + BUILDS.length, -'/.git/'.length);
      project = path.replace(/^[\w-]{1,20}\/\d{1,4}\//, '');
    }
    const [, resolved, detached, tag] =
      /^Checking out ([0-9a-f]{7,40}) as (?:detached HEAD \(ref is (\S+)\)|(\S+?))\.\.\.$/.exec(text) ?? [];
    if (resolved === undefined || project === undefined) return;
    const requested = detached ?? tag;
    take(steps.at(line), {
      type: 'repository',
      name: project,
      requested,
      resolved,
      line: line.number,
    });
  }

  return (line) => {
    readMarkers(line, (match) => mark(line, match));
    if (!FIRST.has(log.charCodeAt(line.from))) return;
    const text = textOf(line);
    if (!hasSections && text.startsWith('$ ')) {
      steps.begin(text.slice(2, 202), line, text.slice(2, 502));
      script = steps.running;
    }
    if (text.startsWith('Using ') || text.startsWith('Running with') || text.startsWith('  on ')) readSetup(text);
    else if (text.includes('Git repository in') || text.startsWith('Checking out ')) readSources(text, line);
    const [, result] = RESULTS.find(([expression]) => expression.test(text)) ?? [];
    if (result === undefined) return;
    if (!hasSections) steps.end(line.number - 1);
    if (script) script.result ??= result;
  };
}
