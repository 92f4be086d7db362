// The log of a job of Azure Pipelines: sections for its steps, each line behind its time
// (https://learn.microsoft.com/en-us/azure/devops/pipelines/scripts/logging-commands#formatting-commands,
// https://github.com/microsoft/azure-pipelines-agent, Agent.Worker/{ExecutionContext,JobExtension,TaskRunner}.cs).
import type { Dialect, LineReader, Reading } from '../../log/dialect.ts';
import { type Line, nextStart, startsWith, textOf } from '../../log/line.ts';
import { defineLogSource } from '../../log/source.ts';
import { afterStamp } from '../../log/stamp.ts';
import { take } from '../../log/steps.ts';

const SECTION = '##[section]';
const STARTING = `${SECTION}Starting: `;
const FINISHING = `${SECTION}Finishing: `;
const FAILED = /^##\[error\].{0,300}\bexit(?:ed with)? code:? '?-?[1-9]/;
/** Agents say who they are before the first step of the job's own. */
const AGENT = /^(Agent name|Current agent version|Current image version): '([^']{1,200})'$/;
/** Of Microsoft's own pools. */
const HOSTED = /^(?:Azure Pipelines|Hosted Agent)(?: \d{1,6})?$/;
const IMAGE = /^(Image|Environment|Version): (\S{1,200})$/;
/** What a task is, in the block between two rules. */
const TASK = /^(Task|Version|Author) {1,12}: (\S.{0,199})$/;
const RULE = '=============================';
const COMMAND_OUTPUT = '========================== Starting Command Output';

export const azurePipelines: Dialect = { masks: ['***'], textStart: afterStamp, open };

export const azureDevopsJobLog = defineLogSource({
  id: 'azure-devops.job-log',
  title: 'Azure Pipelines job logs',
  reference: 'https://learn.microsoft.com/en-us/rest/api/azure/devops/build/builds/get-build-log',
  provider: 'azure-devops',
  dialect: azurePipelines,
  stamped: true,
});

function open({ log, steps, setup }: Reading): LineReader {
  let part: 'none' | 'job' | 'image' | 'task' | 'script' = 'none';
  let task: string | undefined;

  function begin(line: Line): void {
    const next = nextStart(line);
    const to = next === -1 ? -1 : log.indexOf('\n', next);
    const isJob = next !== -1 && log.startsWith(STARTING, afterStamp(log, next, to === -1 ? log.length : to));
    // The job's own section is around those of its steps, and none to whoever looks next.
    if (isJob) {
      line.from += STARTING.length;
      return;
    }
    const name = textOf(line).slice(STARTING.length);
    steps.begin(name, line);
    part = name === 'Initialize job' ? 'job' : 'none';
  }

  function readJob(text: string): void {
    const [, label, value = ''] = AGENT.exec(text) ?? [];
    if (label === 'Agent name')
      Object.assign(setup.runner, { name: value, ...(HOSTED.test(value) && { hosted: true }) });
    else if (label === 'Current agent version') setup.runner.version = value;
    else if (label === 'Current image version') setup.image.version ??= value;
    else if (/^##\[group\](?:Runner Image|Virtual Environment|Operating System)$/.test(text)) {
      part = text.endsWith('Operating System') ? 'job' : 'image';
    } else if (part === 'image') readImage(text);
  }

  function readImage(text: string): void {
    const [, label, value = ''] = IMAGE.exec(text) ?? [];
    if (label === 'Version') setup.image.version ??= value;
    else if (label !== undefined) setup.image.name ??= value;
    else if (text === '##[endgroup]') part = 'job';
  }

  function readTask(text: string, line: Line): void {
    const [, label, value = ''] = TASK.exec(text) ?? [];
    if (label === 'Task') task = value;
    else if (label === 'Version' && task !== undefined) {
      take(steps.running, { type: 'action', name: task, resolved: value, line: line.number });
    } else if (text.startsWith(RULE)) {
      part = 'none';
      task = undefined;
    }
  }

  return (line) => {
    if (startsWith(line, STARTING)) begin(line);
    else if (startsWith(line, FINISHING)) {
      steps.end(line.number);
      part = 'none';
    } else if (startsWith(line, '##[error]')) {
      if (steps.running && FAILED.test(textOf(line))) steps.running.result ??= 'failure';
    } else if (part === 'job' || part === 'image') readJob(textOf(line));
    else if (part === 'task') readTask(textOf(line), line);
    else if (part === 'script') {
      if (startsWith(line, COMMAND_OUTPUT)) part = 'none';
      else line.command = true;
    } else if (startsWith(line, 'Script contents:')) part = 'script';
    else if (startsWith(line, RULE) && steps.running && !startsWith(line, COMMAND_OUTPUT)) part = 'task';
  };
}
