// Gitea's and Forgejo's job logs, as act_runner writes them (https://docs.gitea.com/usage/actions/overview,
// https://gitea.com/gitea/act_runner, https://code.forgejo.org/forgejo/runner); both build on act, older ones with its signs.
import { createHeaders } from '../../log/actions.ts';
import type { Dialect, LineReader, Reading } from '../../log/dialect.ts';
import { imageOf } from '../../log/facts/images.ts';
import { type Line, textOf } from '../../log/line.ts';
import { defineLogSource } from '../../log/source.ts';
import { afterStamp } from '../../log/stamp.ts';
import { take } from '../../log/steps.ts';

/** act's signs: a star, a check, a cross, a whale, a cloud … and what goes with them. */
const SIGN = /^ *[\u2190-\u2bff\u{1f300}-\u{1faff}]\ufe0f? {1,3}/u;
const BEGIN = /^Run (?:(Main|Pre|Post) (.+)|(Set up job|Complete job))$/;
const END = /^(Success|Failure) - (?:(?:Main|Pre|Post) )?\S/;
/** Behind the runner's name. */
const BANNER = /^\(version:([^)\s]+)\)(?: received task \d+ of job \S+, be triggered by event: (\w+))?$/;
const DOWNLOAD = /^Download action repository '([^'@]+)@([^']+)'(?: \(SHA:([0-9a-f]{40})\))?$/;
const CLONE = /^git clone '(https?:\/\/([^/'\s]+)\/([^'\s]+))' # ref=(\S+)/;
const IMAGE = /^(?:Start|docker (?:pull|create|run)) image=(\S+)/;
/** Lines of the runner: signs, or the beginnings of its sentences. */
const FIRST = new Set([...'RSFDi:JTr '].map((character) => character.charCodeAt(0)));

export const gitea: Dialect = { masks: ['***'], textStart: afterStamp, open };

export const giteaJobLog = defineLogSource({
  id: 'gitea.job-log',
  title: 'Gitea and Forgejo job logs',
  reference: 'https://docs.gitea.com/usage/actions/act-runner',
  provider: 'gitea',
  dialect: gitea,
  stamped: true,
});

function open(reading: Reading): LineReader {
  const { log, steps, setup } = reading;
  const headers = createHeaders(reading, { group: '::group::', end: '::endgroup::' });

  function begin(line: Line, [, stage, named = '', fixed]: RegExpExecArray): void {
    const name = fixed ?? (stage === 'Main' ? named : `${stage} ${named}`);
    steps.begin(name, line, stage === 'Main' ? named : undefined);
    // Newer runners head a step with a group as well.
    if (stage !== undefined) headers.expect();
    const [, action, ref] = /^([\w.-]{1,100}\/[\w./-]+)@(\S+)$/.exec(named) ?? [];
    if (action === undefined || ref === undefined) return;
    const resolved = setup.dependencies.resolved('action', action, ref);
    take(steps.running, {
      type: 'action',
      name: action,
      requested: ref,
      resolved,
      line: line.number,
    });
  }

  function readRunner(text: string, line: Line): void {
    const [, action, ref, sha] = DOWNLOAD.exec(text) ?? [];
    if (action !== undefined) add(action, ref, sha);
    const [, , from, path, cloned] = CLONE.exec(text) ?? [];
    if (path !== undefined) add(path.replace(/\.git$/, ''), cloned, undefined, from);
    const image = IMAGE.exec(text)?.[1] ?? (steps.running?.command ? undefined : /^image: (\S+)$/.exec(text)?.[1]);
    if (image === undefined) return;
    setup.image.name ??= image;
    const told = imageOf(image);
    if (told) take(steps.at(line), { ...told, line: line.number });
  }

  function add(name: string, requested: string | undefined, resolved: string | undefined, from?: string): void {
    setup.dependencies.add({ type: 'action', name, requested, resolved, from });
  }

  function readBanner(text: string): void {
    const at = text.indexOf('(version:');
    const [, version, event] = (at > 0 && BANNER.exec(text.slice(at))) || [];
    if (version !== undefined) Object.assign(setup.runner, { name: text.slice(0, at), version });
    const triggered = event ?? /^Triggered by event: (\w{1,60})$/.exec(text)?.[1];
    if (triggered !== undefined) setup.run.trigger = triggered;
    const labels = /^Runner labels: (\S.*)$/.exec(text)?.[1];
    if (labels !== undefined) setup.runner.labels = labels.split(', ');
  }

  return (line) => {
    if (headers.read(line)) return;
    if (!steps.last) readBanner(textOf(line));
    const unit = log.charCodeAt(line.from);
    if (!FIRST.has(unit) && unit < 0x2190) return;
    const whole = textOf(line);
    const text = whole.replace(SIGN, '');
    const started = BEGIN.exec(text);
    const [, outcome] = END.exec(text) ?? [];
    if (started) begin(line, started);
    else if (outcome !== undefined) steps.end(line.number, outcome === 'Success' ? 'success' : 'failure');
    else if (/^Job (?:succeeded|failed)$/.test(text)) steps.end(line.number - 1);
    else readRunner(text, line);
  };
}
