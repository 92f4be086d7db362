// What Jenkins' console says of a build: its cause, its node, libraries, credentials, what was checked out
// (hudson.model.Cause, git-plugin's GitSCM, credentials-binding's BindingStep).
import type { Reading } from '../../../log/dialect.ts';
import { hostOf } from '../../../log/facts/hosts.ts';
import type { Line } from '../../../log/line.ts';
import { take } from '../../../log/steps.ts';

/** Texts of a cause, and what it is called here. */
const CAUSES: readonly (readonly [RegExp, string])[] = [
  [/^Started by user (?<user>.+)$/, 'manual'],
  [/^Started by upstream project "(?<pipeline>.+)" build number (?<id>\d{1,9})/, 'upstream'],
  [/^Started by timer/, 'schedule'],
  [/^Started by (?:an SCM change|GitHub push|GitLab push|GitLab Push|BitBucket push)(?: by (?<user>.+))?/, 'push'],
  [/^Push event to branch /, 'push'],
  [/^Branch indexing/, 'push'],
  [/^Pull request #\d{1,9} (?:opened|updated)/, 'pull_request'],
  [/^Started by remote host /, 'remote'],
  [/^Started from command line(?: by (?<user>.+))?/, 'manual'],
  [/^Replayed #\d/, 'replay'],
];
const NODE = /^(?:Running on|Building remotely on) (.+) in (?:workspace )?\S/;
const CREDENTIAL = /^using credential (?<name>[\w.:@-]+)$/;
const MASKING = /^Masking (?:supported pattern matches of|only exact matches of) (?<names>\$.+)$/;
const LIBRARY = /^Loading library (?<name>[^@\s]+)@(?<requested>\S+)/;
const FOUND = /^Found match: \S+ revision (?<resolved>[0-9a-f]{40})$/;
const CLONE = /^(?:Cloning repository|Fetching upstream changes from) (?<address>\S+)$/;
const REVISION = /^Checking out Revision (?<resolved>[0-9a-f]{40})(?: \((?<requested>[^)]+)\))?/;
const URL = /^[a-z][a-z0-9+.-]{1,12}:\/\/(?:[^\s/@]+@)?(?<authority>[^\s/]+)|^[\w.-]{1,64}@(?<host>[\w.-]+):/i;

export function createSetupReader({ setup, steps }: Reading): (text: string, line: Line) => void {
  let library: { readonly name: string; readonly requested: string } | undefined;
  let address: string | undefined;

  function readCause(text: string): void {
    for (const [expression, trigger] of CAUSES) {
      const match = expression.exec(text);
      if (!match) continue;
      const { user, pipeline, id } = match.groups ?? {};
      setup.run.trigger ??= trigger;
      if (user !== undefined) setup.run.startedBy ??= user;
      if (pipeline !== undefined && id !== undefined) setup.run.parent ??= { pipeline, id };
      return;
    }
  }

  function readNode(text: string): void {
    const node = NODE.exec(text)?.[1];
    if (node === undefined || setup.runner.name !== undefined) return;
    const labels = node.endsWith(')') ? node.lastIndexOf(' (') : -1;
    setup.runner.name = labels === -1 ? node : node.slice(0, labels);
    if (labels !== -1) setup.runner.labels = node.slice(labels + 2, -1).split(' ');
  }

  function readSource(text: string, line: Line): void {
    address = CLONE.exec(text)?.groups?.address ?? address;
    const { resolved, requested } = REVISION.exec(text)?.groups ?? {};
    if (resolved === undefined || address === undefined) return;
    const { authority, host } = URL.exec(address)?.groups ?? {};
    const from = host ?? (authority === undefined ? undefined : hostOf(authority));
    take(steps.at(line), { type: 'repository', name: address, requested, resolved, from, line: line.number });
  }

  function readLibrary(text: string): void {
    const { name, requested } = LIBRARY.exec(text)?.groups ?? {};
    if (name !== undefined && requested !== undefined) library = { name, requested };
    const resolved = FOUND.exec(text)?.groups?.resolved;
    if (!library || resolved === undefined) return;
    setup.dependencies.add({ type: 'include', ...library, resolved });
    library = undefined;
  }

  return (text, line) => {
    if (!steps.last || !setup.run.trigger) readCause(text);
    if (text.startsWith('Running on ') || text.startsWith('Building remotely on ')) readNode(text);
    else if (text.startsWith('Masking ')) {
      for (const name of MASKING.exec(text)?.groups?.names?.split(' or ') ?? [])
        setup.variable(name.replace(/^\$/, ''));
    } else if (text.startsWith('using credential ')) {
      const name = CREDENTIAL.exec(text)?.groups?.name;
      if (name !== undefined && name !== 'none') setup.variable(name);
    } else if (text.startsWith('Loading library ') || text.startsWith('Found match: ')) readLibrary(text);
    else if (text.startsWith('Obtained ')) {
      const [, definition] = /^Obtained (\S+) from \S/.exec(text) ?? [];
      if (definition !== undefined) setup.run.definition = definition;
    } else readSource(text, line);
  };
}
