// Commands that reach out: which tool, what for, which hosts it names, whether it sends.
import type { NetworkCommand } from '../../../core/definition.ts';
import { hostOf, hostOfOperand, hostsInUrls, type KnownHost, registryOf, unique } from '../hosts.ts';
import type { Word } from './command.ts';
import { operands, type Program } from './program.ts';

export interface Reach {
  readonly does: NetworkCommand['does'];
  readonly sends: boolean;
  readonly hosts: readonly KnownHost[];
}

type Tool = (args: readonly Word[], name: string) => Partial<Reach> | undefined;

const CURL_VALUED =
  '-o --output -H --header -d --data --data-raw --data-binary --data-urlencode --json -X --request -u --user -A --user-agent -e --referer -T --upload-file -F --form -b --cookie -c --cookie-jar -w --write-out -m --max-time --connect-timeout --retry --retry-delay --retry-max-time -K --config -r --range -E --cert --key --cacert --capath --resolve --limit-rate -C --continue-at -D --dump-header --output-dir --interface -Q -z --proto --tlsv1';
const WGET_VALUED =
  '-O --output-document -P --directory-prefix -o --output-file -a --append-output -U --user-agent --header -t --tries -T --timeout --post-data --post-file --body-data --body-file --method --user --password -i --input-file -w --wait -A -R -D -l';
const SSH_VALUED = '-i -p -P -l -o -F -L -R -D -J -b -c -E -e -m -O -Q -S -W -w';
const SENDING =
  /^(?:-Body|-d|--data.*|--json|-F|--form.*|-T|--upload-file.*|--post-(?:data|file).*|--body-(?:data|file).*)$/;
const METHOD = /^(?:post|put|patch)$/i;
const IMAGE_VALUED =
  '-v --volume -e --env -p --publish -w --workdir -u --user --name --network --net --env-file --entrypoint --platform -h --hostname --mount --add-host -l --label --memory -m --cpus --restart --ulimit --device --cap-add --cap-drop --security-opt --tmpfs --pull --shm-size --log-driver --gpus --pid --ipc --runtime';

function set(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

/** A tool whose operands are addresses. */
function fetching(valued: string): Tool {
  const options = set(valued);
  return (args) => ({
    does: 'transfer',
    sends: args.some(
      ({ text }, index) => SENDING.test(text) || (isMethod(text) && METHOD.test(args[index + 1]?.text ?? '')),
    ),
    hosts: unique(operands(args, options).map(({ text }) => hostOfOperand(text))),
  });
}

function isMethod(option: string): boolean {
  return option === '-X' || option === '--request' || option === '--method' || option.toLowerCase() === '-method';
}

const fetchAny = fetching('-o -d -O --dir --out -OutFile -outfile -Headers -Method -Body -ContentType -UserAgent');

/** Runs when one of the words is among the first operands. */
function when(pattern: RegExp, does: Reach['does'], hosts?: (words: readonly Word[]) => readonly KnownHost[]): Tool {
  return (args) => {
    const words = operands(args, new Set());
    const verb = words.slice(0, 2).findIndex(({ text }) => pattern.test(text));
    if (verb < 0) return undefined;
    return {
      does,
      sends: /push|publish|upload|deploy/.test(words[verb]?.text ?? ''),
      hosts: hosts?.(words.slice(verb + 1)) ?? [],
    };
  };
}

function firstOperand(does: Reach['does'], valued: string): Tool {
  const options = set(valued);
  return (args) => {
    const [first] = operands(args, options);
    return first ? { does, hosts: unique([hostOfOperand(first.text)]) } : undefined;
  };
}

const copying: Tool = (args) => {
  const remote = operands(args, set(SSH_VALUED)).filter(({ text }) => /^[^/]{1,300}:/.test(text));
  return remote.length > 0
    ? { does: 'remote', sends: true, hosts: unique(remote.map(({ text }) => hostOfOperand(text))) }
    : undefined;
};

const containers: Tool = (args) => {
  const words = operands(args, set(IMAGE_VALUED));
  const verb = words.findIndex(({ text }) => /^(?:pull|push|run|create|login|build|buildx|copy|inspect)$/.test(text));
  if (verb < 0 || verb > 1) return undefined;
  const { text = '' } = words[verb] ?? {};
  const target = words[verb + 1]?.text;
  const sends = text === 'push' || args.some((word) => word.text === '--push');
  if (text === 'build' || text === 'buildx') return { does: 'registry', sends, hosts: [] };
  const spelled = text === 'login' ? target : target && registryOf(target.replace(/^docker:\/\//, ''));
  return { does: 'registry', sends, hosts: unique([spelled ? hostOf(spelled) : undefined]) };
};

const cloud: Tool = (args) => {
  const words = operands(args, new Set()).map(({ text }) => text);
  const transfers = words.some((word) =>
    /^(?:cp|sync|mv|rsync|upload|download|copy|put-object|get-object|upload-batch)$/.test(word),
  );
  return transfers ? { does: 'transfer', sends: true, hosts: [] } : undefined;
};

const openssl: Tool = (args) => {
  const connect = args.findIndex(({ text }) => text === '-connect');
  return connect < 0
    ? undefined
    : { does: 'socket', sends: true, hosts: unique([hostOfOperand(args[connect + 1]?.text ?? '')]) };
};

const socat: Tool = (args) => ({
  does: 'socket',
  sends: true,
  hosts: unique(args.map(({ text }) => hostOfOperand(text.replace(/^(?:TCP|UDP|OPENSSL|SSL)[46]?:/i, '')))),
});

const cscript: Tool = (args) =>
  args.some(({ text }) => /^[-/](?:urlcache|verifyctl|transfer)$/i.test(text)) ? { does: 'transfer' } : undefined;

const python: Tool = (args) => {
  const [module, ...rest] = args[0]?.text === '-m' ? args.slice(1) : [];
  return module && /^pip3?$/.test(module.text) ? TOOLS.get('pip')?.(rest, 'pip') : undefined;
};

const gitHub = () => unique([hostOf('github.com')]);

const git = when(/^(?:clone|fetch|pull|push|ls-remote|submodule|remote|archive)$/, 'repository', (words) =>
  unique(words.filter(({ text }) => text.includes(':')).map(({ text }) => hostOfOperand(text))),
);

const TOOLS: ReadonlyMap<string, Tool> = new Map<string, Tool>([
  ['curl', fetching(CURL_VALUED)],
  ['wget', fetching(WGET_VALUED)],
  ...names(
    'wget2 aria2c axel http https httpie xh lwp-download curl.exe invoke-webrequest iwr invoke-restmethod irm start-bitstransfer',
    fetchAny,
  ),
  ['certutil', cscript],
  ['bitsadmin', cscript],
  ...names('nc ncat netcat telnet', firstOperand('socket', '-w -p -s -i -o -q -e -c')),
  ['socat', socat],
  ['openssl', openssl],
  ...names('ssh sftp ftp tftp lftp ssh-copy-id', firstOperand('remote', SSH_VALUED)),
  ['ssh-keyscan', firstOperand('lookup', '-p -T -t')],
  ...names('scp rsync', copying),
  ...names('dig nslookup host ping', firstOperand('lookup', '-c -W -t -n -p')),
  ['git', git],
  ['gh', when(/^(?:api|release|pr|issue|repo|run|workflow|gist|secret|attestation)$/, 'repository', gitHub)],
  ...names('docker podman nerdctl buildah skopeo crane', containers),
  ['helm', when(/^(?:repo|pull|push|install|upgrade|dependency|registry)$/, 'registry')],
  ['oras', when(/^(?:pull|push|copy|cp|login)$/, 'registry')],
  ...names('aws gsutil gcloud az azcopy s3cmd mc rclone', cloud),
  ...names('npm pnpm', when(/^(?:install|i|ci|add|update|exec|dlx|publish|login|audit)$/, 'package')),
  ['yarn', when(/^(?:install|add|up|upgrade|dlx|publish|npm)$/, 'package')],
  ['bun', when(/^(?:install|i|add|x|publish)$/, 'package')],
  ...names('npx bunx uvx pipx', () => ({ does: 'package' })),
  ...names('pip pip3 uv poetry pdm', when(/^(?:install|download|add|sync|publish|update|tool)$/, 'package')),
  ['twine', when(/^upload$/, 'package')],
  ...names('conda mamba', when(/^(?:install|create|update)$/, 'package')),
  ['gem', when(/^(?:install|push|update)$/, 'package')],
  ['bundle', when(/^(?:install|update)$/, 'package')],
  ['cargo', when(/^(?:install|publish|fetch|add|binstall)$/, 'package')],
  ['go', when(/^(?:install|get)$/, 'package')],
  ['composer', when(/^(?:install|require|update)$/, 'package')],
  ['dotnet', when(/^(?:restore|add|nuget|tool)$/, 'package')],
  ['nuget', when(/^(?:install|restore|push)$/, 'package')],
  ...names(
    'apt apt-get yum dnf brew choco winget zypper pkg microdnf tdnf scoop snap',
    when(/^(?:install|update|upgrade|reinstall)$/, 'package'),
  ),
  ['apk', when(/^(?:add|update|upgrade)$/, 'package')],
  ['pacman', (args) => (/^-S/.test(args[0]?.text ?? '') ? { does: 'package' } : undefined)],
  ...names('python python3 py', python),
]);

function names(list: string, tool: Tool): [string, Tool][] {
  return list.split(' ').map((name) => [name, tool]);
}

/** What a program reaches; undefined: nothing, as far as one can tell. URLs among its words count for every tool here. */
export function reachOf({ name, args, command }: Program): Reach | undefined {
  const reach = TOOLS.get(name)?.(args, name);
  if (reach) {
    const urls = args.flatMap(({ text }) => hostsInUrls(text));
    return {
      does: reach.does ?? 'transfer',
      sends: reach.sends ?? false,
      hosts: unique([...urls, ...(reach.hosts ?? [])]),
    };
  }
  // `(New-Object Net.WebClient).DownloadString('…')`, `[Net.WebClient]::new().DownloadFile(…)`
  if (/\.(?:download|upload)(?:string|file|data)$/.test(`.${name.split('.').at(-1)}`)) {
    const said = args.concat(command.words).flatMap((word) => [word, ...word.inner.flatMap(({ words }) => words)]);
    return {
      does: 'transfer',
      sends: name.includes('upload'),
      hosts: unique(said.flatMap(({ text }) => hostsInUrls(text))),
    };
  }
  return undefined;
}
