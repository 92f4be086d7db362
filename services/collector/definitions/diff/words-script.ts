// Sentences about what scripts newly do.
import type { Changes, Job, NetworkCommand, Script, Sign, SignKind } from '../../../core/definition.ts';
import { listed, type Sentence, shown } from './sentence.ts';

const SIGNS: Readonly<Record<SignKind, readonly [weight: number, text: string]>> = {
  'pipe-to-shell': [94, 'pipes a download to a shell'],
  'run-download': [90, 'runs a file that it downloads'],
  'decode-to-shell': [97, 'runs encoded text'],
  decode: [76, 'decodes text'],
  encode: [50, 'encodes what it has'],
  hex: [77, 'spells text in escapes'],
  ifs: [89, 'hides spaces behind $IFS'],
  'encoded-text': [85, 'holds encoded text'],
  eval: [60, 'evaluates text as a program'],
  'inline-code': [48, 'runs a program given on its command line'],
  'dev-tcp': [96, 'opens a network connection from the shell itself'],
  'remote-shell': [99, 'hands a shell to the network'],
  'env-dump': [74, 'prints its whole environment'],
  'env-sent': [99, 'sends its whole environment away'],
  'env-file': [46, 'sets environment variables for the steps after it'],
  'path-file': [58, 'puts a folder into the path of the steps after it'],
  privileged: [83, 'asks for privileges of the host'],
  'docker-socket': [81, 'reaches for the container engine’s socket'],
  'host-mount': [81, 'mounts the host’s root'],
  'memory-read': [98, 'reads the memory of other processes'],
  'metadata-service': [93, 'asks the cloud’s metadata service'],
  'outlive-job': [91, 'leaves a process behind after the job'],
};

type Facts = Pick<Script, 'signs' | 'network' | 'untrusted'>;

/**
 * A new script counts with all that it does, a changed one with what it did not do before. In a patch (`partial`) nobody
 * knows which script was which, so what any of the old ones did is not new.
 */
export function scriptWords({ added, changed, removed }: Changes<Script>, partial: boolean): readonly Sentence[] {
  const old = partial && removed.length > 0 ? together(removed) : undefined;
  return [
    ...added.flatMap((script) => newWords(old, script)),
    ...changed.flatMap(({ before, after }) => newWords(before, after)),
    ...(partial ? [] : removed.map((script) => ({ weight: 5, text: `${subject(script)}: script removed` }))),
  ];
}

function together(scripts: readonly Script[]): Facts {
  return {
    signs: scripts.flatMap(({ signs }) => signs),
    network: scripts.flatMap(({ network }) => network),
    untrusted: scripts.flatMap(({ untrusted }) => untrusted),
  };
}

function newWords(before: Facts | undefined, after: Script): readonly Sentence[] {
  const who = subject(after);
  const signs = fresh(after.signs, before?.signs ?? [], signKey);
  const network = fresh(after.network, before?.network ?? [], networkKey);
  const pasted = after.untrusted.filter((expression) => !before?.untrusted.includes(expression));
  const told = new Set(signs.flatMap(({ hosts }) => hosts));
  const untold = network.filter(({ hosts }) => hosts.length === 0 || hosts.some((host) => !told.has(host)));
  const found = [
    ...signs.map((sign) => ({ weight: SIGNS[sign.kind][0], text: `${who} now ${signText(sign)}` })),
    ...pasted.map((text) => ({ weight: 95, text: `${who} now pastes ${shown(text)} into its script` })),
    ...untold.map((command) => reaching(who, command)),
  ];
  if (found.length > 0) return found;
  return [{ weight: 12, text: before ? `${who}: script changed` : `${who}: new script` }];
}

function subject({ step, job }: Script): string {
  if (step === '') return 'a script';
  return job === undefined ? `step ${shown(step)}` : `step ${shown(step)} of job ${shown(job)}`;
}

function signText({ kind, hosts }: Sign): string {
  const [, text] = SIGNS[kind];
  const from =
    kind === 'pipe-to-shell'
      ? text.replace('a download', `a download from ${listed(hosts)}`)
      : `${text} (${listed(hosts)})`;
  return hosts.length > 0 ? from : text;
}

function reaching(who: string, { tool, hosts, sends, does }: NetworkCommand): Sentence {
  const verb = sends && does !== 'repository' ? 'sends to' : 'contacts';
  return hosts.length > 0
    ? { weight: sends ? 70 : 54, text: `${who} now ${verb} ${listed(hosts)} with ${shown(tool)}` }
    : { weight: 36, text: `${who} now runs ${shown(tool)}` };
}

function signKey({ kind, hosts }: Sign): string {
  return [kind, ...hosts].join('\n');
}

function networkKey({ tool, hosts, sends }: NetworkCommand): string {
  return [tool, String(sends), ...hosts].join('\n');
}

/** Those that the other list has no equal of, each kind once. */
function fresh<Fact>(after: readonly Fact[], before: readonly Fact[], key: (fact: Fact) => string): readonly Fact[] {
  const known = new Set(before.map(key));
  return after.filter((fact) => !known.has(key(fact)) && known.add(key(fact)));
}

export function jobWords({ added, removed, changed }: Changes<Job>): readonly Sentence[] {
  return [
    ...added.map(({ name, steps }) => ({
      weight: 47,
      text: `adds job ${shown(name)}${steps.length > 0 ? ` with ${stepCount(steps)}` : ''}`,
    })),
    ...removed.map(({ name }) => ({ weight: 26, text: `removes job ${shown(name)}` })),
    ...changed.flatMap(({ before, after }) => stepWords(before, after)),
  ];
}

function stepCount(steps: readonly string[]): string {
  return steps.length === 1 ? 'one step' : `${steps.length} steps`;
}

function stepWords(before: Job, after: Job): readonly Sentence[] {
  const come = after.steps.filter((step) => !before.steps.includes(step));
  const gone = before.steps.filter((step) => !after.steps.includes(step));
  const of = `job ${shown(after.name)}: `;
  if (come.length === 0 && gone.length === 0) return [{ weight: 6, text: `${of}steps in another order or number` }];
  return [
    ...(come.length > 0
      ? [{ weight: 33, text: `${of}adds ${come.length === 1 ? 'step' : 'steps'} ${listed(come)}` }]
      : []),
    ...(gone.length > 0
      ? [{ weight: 15, text: `${of}drops ${gone.length === 1 ? 'step' : 'steps'} ${listed(gone)}` }]
      : []),
  ];
}
