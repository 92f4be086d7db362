// The features of the set, as the set’s own extraction gives them and as our reader does, in one spelling.
//
// The set took them from the lines of the patch, by expressions: `uses:` and `runs-on:` as they stand, a permission
// wherever its name and access stand, seven triggers, `secrets.NAME`, hosts in http addresses, lines with certain tools.
// Its patches had addresses of people masked afterwards, and a reference like `checkout@v4.1.0` looks like one.

import { readPatch } from '../../../services/collector/definitions/patch.ts';
import type { Definition, Script } from '../../../services/core/definition.ts';
import type { Commit } from './history.ts';

export const FEATURES = [
  'usesAdded',
  'usesRemoved',
  'unpinnedAdded',
  'permissionsAdded',
  'secretsAdded',
  'triggersAdded',
  'runsOnAdded',
  'hostsAdded',
  'netCommandsAdded',
] as const;

export type Feature = (typeof FEATURES)[number];
export type Features = Readonly<Record<Feature, readonly string[]>>;

const MASK = 'user@example.com';
const MASKED = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const PINNED = /@[0-9a-f]{40}$/;

/** The triggers that the set looks for. */
const TRIGGERS = new Set(
  'workflow_dispatch schedule pull_request_target workflow_call issue_comment workflow_run repository_dispatch'.split(
    ' ',
  ),
);
/** What the set takes for a network command, or for something as suspicious. */
const TOOLS = new Set(['curl', 'wget', 'nc']);
const SIGNS = new Set(['decode', 'encode', 'eval', 'dev-tcp']);

export function theirs(row: Commit): Features {
  const isMasked = row.patch.includes(MASK);
  const added = isMasked ? row.usesAdded.map(mask) : row.usesAdded;
  const removed = isMasked ? row.usesRemoved.map(mask) : row.usesRemoved;
  const usesAdded = without(added, removed);
  return {
    usesAdded,
    usesRemoved: without(removed, added),
    unpinnedAdded: isMasked ? [unpinned(usesAdded)] : [String(row.unpinnedAdded)],
    permissionsAdded: row.permissionsAdded,
    secretsAdded: row.secretsAdded,
    triggersAdded: row.triggersAdded,
    runsOnAdded: row.runsOnAdded.map(runsOn),
    hostsAdded: row.hostsAdded,
    netCommandsAdded: row.netCommandsAdded,
  };
}

export function ours(row: Commit): Features {
  const patches = readPatch(row.patch);
  const before = facts(patches.flatMap((patch) => patch.before ?? []));
  const after = facts(patches.flatMap((patch) => patch.after ?? []));
  const added = (kind: keyof Facts) => without(after[kind], before[kind]);
  return {
    usesAdded: added('uses'),
    usesRemoved: without(before.uses, after.uses),
    unpinnedAdded: [unpinned(without(after.outside, before.outside))],
    permissionsAdded: added('permissions'),
    secretsAdded: added('secrets'),
    triggersAdded: added('triggers').filter((event) => TRIGGERS.has(event) || row.triggersAdded.includes(event)),
    runsOnAdded: added('runners'),
    hostsAdded: added('hosts').filter((host) => row.patch.toLowerCase().includes(`://${host}`)),
    netCommandsAdded: without(after.lines, []).filter((line) => isAdded(row.patch, line)),
  };
}

type Facts = ReturnType<typeof facts>;

function facts(definitions: readonly Definition[]) {
  const all = <Kind>(pick: (definition: Definition) => readonly Kind[]) => definitions.flatMap((one) => pick(one));
  const uses = all((one) => one.uses).map(({ name, ref, pinned }) => ({ text: ref ? `${name}@${ref}` : name, pinned }));
  return {
    uses: uses.map(({ text }) => text),
    outside: uses.filter(({ pinned }) => pinned !== 'local').map(({ text }) => text),
    permissions: definitions.flatMap(permissions),
    secrets: all((one) => one.secrets)
      .filter(({ via, name }) => via === 'expression' && name !== '*' && name !== 'github.token')
      .map(({ name }) => name),
    triggers: all((one) => one.triggers).map(({ event }) => event),
    runners: all((one) => one.runners).map(({ labels }) => labels.join(', ')),
    hosts: all((one) => one.hosts).map(({ host }) => host),
    lines: all((one) => one.scripts).flatMap(lines),
  };
}

function permissions({ permissions: granted }: Definition): readonly string[] {
  const all = granted.filter((permission) => permission.all);
  const spelled = granted
    .filter((one) => !one.all && one.scope !== '*')
    .map(({ scope, access }) => `${scope}: ${access}`);
  if (all.length === 0) return spelled;
  return [...spelled, `permissions: ${all.some(({ access }) => access === 'write') ? 'write-all' : 'read-all'}`];
}

function lines({ network, signs }: Script): readonly string[] {
  const commands = network.filter(({ tool }) => TOOLS.has(tool)).map(({ text }) => text);
  const inline = signs.filter(({ kind, text }) => kind === 'inline-code' && /python3? -c|bash -c/.test(text));
  const found = [...signs.filter(({ kind }) => SIGNS.has(kind)), ...inline];
  return [...commands, ...found.map(({ text }) => text)];
}

/** The set looks at added lines, whether or not the same was taken away elsewhere. */
function isAdded(patch: string, line: string): boolean {
  return patch.split('\n').some((shown) => shown.startsWith('+') && sameLine(shown, line));
}

/** As a label: without quotes, comment and brackets. */
function runsOn(value: string): string {
  const bare = value.replace(/\s+#.*$/, '').replace(/^(["'])(.*)\1$/, '$2');
  return bare
    .replace(/^\[(.*)\]$/, '$1')
    .split(/,\s*/)
    .join(', ');
}

function mask(use: string): string {
  return use.replaceAll(MASKED, MASK);
}

function unpinned(uses: readonly string[]): string {
  return String(uses.filter((use) => !PINNED.test(use) && !use.startsWith('./')).length);
}

function without(values: readonly string[], others: readonly string[]): readonly string[] {
  return [...new Set(values)].filter((value) => !others.includes(value)).sort();
}

export function agree(feature: Feature, { [feature]: set }: Features, { [feature]: reader }: Features): boolean {
  if (feature !== 'netCommandsAdded')
    return set.length === reader.length && set.toSorted().join('\n') === reader.toSorted().join('\n');
  return (
    set.every((line) => reader.some((own) => sameLine(line, own))) &&
    reader.every((own) => set.some((line) => sameLine(line, own)))
  );
}

/** The set gives the whole line, cut; we the command’s, cut: without the key before it and the escapes of its quotes. */
function sameLine(line: string, own: string): boolean {
  const whole = line.replaceAll('\\', '');
  const command = withoutEllipsis(own).replaceAll('\\', '');
  return whole.includes(command.slice(0, 150)) || command.includes(whole);
}

function withoutEllipsis(line: string): string {
  return line.replace(/…$/, '');
}
