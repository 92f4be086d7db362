// What GitHub's runner says of the job in "Set up job" (https://github.com/actions/runner, JobExtension.cs, ActionManager.cs).
import type { Reading } from '../../../log/dialect.ts';
import { type Line, textOf } from '../../../log/line.ts';

const GROUP = '##[group]';
/** Names of the group that tells the machine's image, by age. */
const IMAGE_GROUPS = new Set(['Runner Image', 'VM Image', 'Virtual Environment']);

const ROWS: readonly (readonly [string, RegExp, (reading: Reading['setup'], groups: Groups) => void])[] = [
  [
    'Current runner',
    /^Current runner version: '(?<value>[^']{1,100})'/,
    (setup, { value }) => set(setup.runner, 'version', value),
  ],
  ['Runner name', /^Runner name: '(?<value>[^']+)'/, (setup, { value }) => set(setup.runner, 'name', value)],
  ['Runner group', /^Runner group name: '(?<value>[^']+)'/, (setup, { value }) => set(setup.runner, 'group', value)],
  [
    'Requested labels',
    /^Requested labels: (?<value>\S.*)$/,
    (setup, { value = '' }) => set(setup.runner, 'labels', value.split(/, ?/)),
  ],
  [
    'Job is about',
    /^Job is about to start running on the (?<hosted>hosted )?runner: (?<name>.+?) \(/,
    ({ runner }, { hosted, name }) => {
      runner.hosted = hosted !== undefined;
      set(runner, 'name', name);
    },
  ],
  ['Secret source', /^Secret source: (?<value>\w{1,40})$/, (setup, { value }) => set(setup.run, 'secrets', value)],
  [
    'Job defined at',
    /^Job defined at: [^/\s]+\/[^/\s]+\/(?<path>\S+?)@/,
    (setup, { path }) => set(setup.run, 'definition', path),
  ],
  [
    'Uses: ',
    /^Uses: (?<name>[^\s@]+)@(?<requested>\S+)(?: \((?<resolved>[0-9a-f]{40})\))?$/,
    ({ dependencies }, { name = '', requested, resolved }) =>
      dependencies.add({ type: 'workflow', name, requested, resolved }),
  ],
  [
    'Download action',
    /^Download action repository '(?<name>[^'@]+)@(?<requested>[^']+)'(?: \(SHA:(?<resolved>[0-9a-f]{40})\))?/,
    ({ dependencies }, { name = '', requested, resolved }) =>
      dependencies.add({ type: 'action', name, requested, resolved }),
  ],
];

type Groups = Readonly<Record<string, string | undefined>>;

/** What is not told leaves the field as it is. */
function set<Target, Key extends keyof Target>(target: Target, key: Key, value: Target[Key] | undefined): void {
  if (value !== undefined) target[key] = value;
}

/** True for the lines that only "Set up job" has; to be called while that may be running. */
export function createSetupReader({ setup }: Reading): (line: Line) => boolean {
  let group = '';
  let action: { readonly name: string; readonly requested: string } | undefined;

  function readGroup(text: string): void {
    const [, key = '', value = ''] = /^(\w[\w ]{0,40}): (\S.*)$/.exec(text) ?? [];
    if (IMAGE_GROUPS.has(group)) {
      if (key === 'Image' || key === 'Environment') setup.image.name = value;
      else if (key === 'Version') setup.image.version = value;
    } else if (group === 'GITHUB_TOKEN Permissions' && key !== '') setup.permission(kebab(key), value);
    else if (action && key === 'Source commit SHA') {
      setup.dependencies.add({ type: 'action', ...action, resolved: value });
    }
  }

  return (line) => {
    const text = textOf(line);
    if (text.startsWith(GROUP)) {
      group = text.slice(GROUP.length);
      const [, name, requested] = /^Download immutable action package '([^'@]+)@([^']+)'/.exec(group) ?? [];
      action = name !== undefined && requested !== undefined ? { name, requested } : undefined;
      return IMAGE_GROUPS.has(group) || group === 'GITHUB_TOKEN Permissions';
    }
    if (text === '##[endgroup]') group = '';
    else if (group !== '') readGroup(text);
    else {
      for (const [begins, expression, tell] of ROWS) {
        const match = text.startsWith(begins) ? expression.exec(text) : null;
        if (!match) continue;
        tell(setup, match.groups ?? {});
        return true;
      }
    }
    return false;
  };
}

/** `PullRequests`, as the log writes it, is `pull-requests` in a workflow. */
function kebab(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
}
