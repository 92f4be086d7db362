// Steps that run, reach, take or wait (https://www.jenkins.io/doc/pipeline/steps/).
import type { UseKind } from '../../../core/definition.ts';
import { addUse } from '../draft.ts';
import { hostsInUrls } from '../hosts.ts';
import { pinningOf } from '../references.ts';
import { stageOf } from './blocks.ts';
import { type Call, firstNamed, scriptOf } from './call.ts';
import type { Token } from './lexer.ts';
import { credential, type Handler, type Place, readText, where } from './place.ts';

function shell(name?: string): Handler {
  return (call, place) => {
    const script = scriptOf(call);
    if (script) readText(place, script, firstNamed(call, 'label')?.text ?? call.name, name);
  };
}

function using(kind: UseKind): Handler {
  return (call, place) => {
    const name = firstNamed(call, 'identifier', 'job') ?? call.strings[0];
    if (name) addUse(place.draft, name.text, { kind, job: stageOf(place.blocks), line: name.line });
  };
}

/** A repository by its address: of `git`, of `checkout`, where a library is from. */
function repository(call: Call, place: Place): void {
  const url = firstNamed(call, 'url', 'remote') ?? (call.name === 'git' ? call.strings[0] : undefined);
  if (!url) return;
  const ref = firstNamed(call, 'branch', 'name')?.text;
  const pinned = pinningOf(ref?.replace(/^\*\//, ''));
  const reference = ref === undefined ? {} : { ref };
  place.draft.uses.push({ ...where(place, url), kind: 'repository', name: url.text, ...reference, pinned });
}

function library(call: Call, place: Place): void {
  using('library')(call, place);
  repository(call, place);
}

/** The annotation, which may name several. */
function libraries({ strings }: Call, { draft }: Place): void {
  for (const { text, line } of strings) addUse(draft, text, { kind: 'library', line });
}

function load({ strings: [file] }: Call, place: Place): void {
  if (file) place.draft.uses.push({ ...where(place, file), kind: 'library', name: file.text, pinned: 'local' });
}

/** A step of Jenkins itself, or Groovy’s own library, that reaches out. */
function reach(call: Call, place: Place): void {
  const url = firstNamed(call, 'url') ?? call.strings[0];
  if (!url) return;
  const hosts = hostsInUrls(url.text);
  const sends = call.named.has('requestBody') || /^(?:POST|PUT|PATCH)$/.test(firstNamed(call, 'httpMode')?.text ?? '');
  const { text, line } = url;
  const network = [
    { tool: call.name, does: 'transfer' as const, sends, hosts: hosts.map(({ host }) => host), line, text },
  ];
  const fact = where(place, url);
  place.draft.scripts.push({ ...fact, step: call.name, text, network, signs: [], untrusted: [] });
  for (const host of hosts) place.draft.contacted.set(host.host, { ...fact, ...host, how: 'contacted' });
}

function evaluate(call: Call, place: Place): void {
  const text = call.strings[0]?.text ?? call.names.join(' ');
  const signs = [{ kind: 'eval' as const, line: call.line, text, hosts: [] }];
  place.draft.scripts.push({ ...where(place, call), step: call.name, text, network: [], signs, untrusted: [] });
}

function input(call: Call, place: Place): void {
  const message = firstNamed(call, 'message') ?? call.strings[0];
  const submitter = firstNamed(call, 'submitter');
  const said = [message?.text, submitter && `submitter ${submitter.text}`].filter((part) => part !== undefined);
  const detail = said.length > 0 ? { detail: said.join(', ') } : {};
  place.draft.gates.push({ ...where(place, call), kind: 'input', ...detail });
}

function credentials(pick: (call: Call) => readonly (Token | undefined)[]): Handler {
  return (call, place) => {
    for (const id of pick(call)) if (id) credential(place, id);
  };
}

function vault({ named }: Call, place: Place): void {
  for (const path of named.get('path') ?? []) {
    place.draft.secrets.push({ ...where(place, path), name: path.text, via: 'vault' });
  }
}

export const STEPS: readonly (readonly [string, Handler])[] = [
  ['sh', shell()],
  ['bat', shell('cmd')],
  ['powershell', shell('powershell')],
  ['pwsh', shell('pwsh')],
  ['library', library],
  ['Library', libraries],
  ['load', load],
  ['build', using('pipeline')],
  ['git', repository],
  ['checkout', repository],
  ['httpRequest', reach],
  ['URL', reach],
  ['evaluate', evaluate],
  ['input', input],
  ['credentials', credentials(({ strings }) => strings)],
  ['sshagent', credentials(({ strings, named }) => [...strings, ...(named.get('credentials') ?? [])])],
  ['withAWS', credentials(({ named }) => named.get('credentials') ?? [])],
  ['withRegistry', credentials(({ strings }) => [strings[1]])],
  ['withVault', vault],
];
