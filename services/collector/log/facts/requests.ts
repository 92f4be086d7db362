// What a command asks package managers for: `pip install requests==2.31`, `npx cowsay`.
import { type Command, operands } from './arguments.ts';
import type { Sink } from './sink.ts';

interface Manager {
  /** Subcommands that install. */
  readonly verbs: ReadonlySet<string>;
  /** Options that take the next word. */
  readonly withValue?: ReadonlySet<string>;
  /** Groups: `name` and, where a version is asked for, `requested`. */
  readonly spec: RegExp;
  readonly called?: string;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const NODE = /^(?<name>(?:@[\w.-]{1,100}\/)?\w[\w.-]{0,100})(?:@(?<requested>[^\s@/:]{1,60}))?$/;
const PYTHON = /^(?<name>\w[\w.-]{0,100})(?:\[[^\]]{0,100}\])?(?<requested>[=<>!~][^\s]{1,60})?$/;
const SYSTEM = /^(?<name>[a-zA-Z0-9][\w.+-]{0,100})(?::\w{1,20})?(?:[=~<>]{1,2}(?<requested>[^\s=]{1,60}))?$/;
const AT = /^(?<name>[\w.-]{1,100}(?:\/[\w.-]{1,100}){0,10})(?:@(?<requested>[^\s@]{1,60}))?$/;
const PHP = /^(?<name>[\w.-]{1,100}\/[\w.-]{1,100})(?::(?<requested>[^\s]{1,60}))?$/;

const PIP_VALUES = words(
  '-r --requirement -c --constraint -i --index-url --extra-index-url -e --editable -t --target -f --find-links --prefix --root --trusted-host --python --platform',
);
const APT = { verbs: words('install'), withValue: words('-o -t -c --target-release'), spec: SYSTEM, called: 'apt' };
const DNF = { verbs: words('install'), spec: SYSTEM, called: 'dnf' };

const MANAGERS: Readonly<Record<string, Manager>> = {
  npm: { verbs: words('install i add'), withValue: words('--prefix -C --registry --cache -w'), spec: NODE },
  pnpm: { verbs: words('add install i'), withValue: words('-C --dir --filter --registry'), spec: NODE },
  yarn: { verbs: words('add'), withValue: words('--cwd --registry'), spec: NODE },
  bun: { verbs: words('add install'), spec: NODE },
  pip: { verbs: words('install'), withValue: PIP_VALUES, spec: PYTHON },
  pipx: { verbs: words('install run'), spec: PYTHON },
  poetry: { verbs: words('add'), spec: PYTHON },
  'apt-get': APT,
  apt: APT,
  dnf: DNF,
  yum: DNF,
  microdnf: DNF,
  apk: { verbs: words('add'), withValue: words('-X --repository -t --virtual'), spec: SYSTEM },
  brew: { verbs: words('install'), spec: SYSTEM },
  gem: { verbs: words('install'), withValue: words('-v --version -s --source'), spec: AT },
  cargo: { verbs: words('install add'), withValue: words('--version --git --path --root --features'), spec: AT },
  go: { verbs: words('install get'), withValue: words('-ldflags -tags'), spec: AT },
  composer: { verbs: words('require'), spec: PHP },
};

/** Programs that fetch and run a package at once. */
const RUNNERS: Readonly<Record<string, string>> = { npx: 'npm', bunx: 'npm', pnpx: 'npm', uvx: 'pip' };
const RUN_VALUES = words('-p --package --from --with');

export function requestsOf(command: Command, sink: Sink): void {
  const { program, rest } = unwrapped(command);
  const runs = RUNNERS[program];
  if (runs !== undefined) {
    const [first = ''] = operands(rest, RUN_VALUES);
    tell(program, (runs === 'npm' ? NODE : PYTHON).exec(first), sink);
    return;
  }
  const manager = MANAGERS[program];
  if (!manager) return;
  const [verb = '', ...specs] = operands(rest, manager.withValue);
  if (!manager.verbs.has(verb)) return;
  for (const spec of specs)
    if (!/^\.{0,2}\/|^\.+$|\$/.test(spec)) tell(manager.called ?? program, manager.spec.exec(spec), sink);
}

/** `python -m pip install x` and `uv pip install x` are pip's. */
function unwrapped({ program, words: all }: Command): { readonly program: string; readonly rest: readonly string[] } {
  if (program === 'python' && all[0] === '-m' && all[1] === 'pip') return { program: 'pip', rest: all.slice(2) };
  if (program === 'uv' && all[0] === 'pip') return { program: 'pip', rest: all.slice(1) };
  return { program, rest: all };
}

function tell(from: string, match: RegExpExecArray | null, sink: Sink): void {
  const { name, requested } = match?.groups ?? {};
  if (name === undefined) return;
  sink.package(from, name, requested === undefined ? {} : { requested });
}
