// Commands that a log shows being run: what they download, clone, pull, install and connect to.
import { type Command, commandsIn, operands } from './arguments.ts';
import { hostOf, isPublicName } from './hosts.ts';
import { requestsOf } from './requests.ts';
import type { Sink } from './sink.ts';

/** Whether a text names a program that this file knows; most commands do not. */
const KNOWN =
  /\b(?:curl|wget|git|svn|hg|ssh|scp|sftp|rsync|nc|ncat|telnet|docker|podman|npm|npx|pnpm|pnpx|yarn|bun|bunx|pip|pip3|pipx|python|python3|uv|uvx|poetry|apt|apt-get|dnf|yum|microdnf|apk|brew|gem|cargo|go|composer)\b/;
const URL_WORD = /^[a-z][a-z0-9+.-]{1,12}:\/\/(?:[^\s/@]+@)?(?<authority>[^\s/?#]+)/i;
const VALUES = new Set(
  '-o -O -H --header -d --data --data-binary -X --request -u --user -A --user-agent -F --form -T --output -x --proxy -e -b -c -w -m --retry --max-time --connect-timeout -P -t'.split(
    ' ',
  ),
);

/** True when some program of the text talks to the hosts that its URLs name. */
export function readCommand(text: string, sink: Sink): boolean {
  if (!KNOWN.test(text)) return false;
  let contacts = false;
  for (const command of commandsIn(text)) {
    const read = PROGRAMS[command.program];
    if (read) {
      contacts = read(command, sink) || contacts;
    }
    requestsOf(command, sink);
  }
  return contacts;
}

/** Each says whether it goes to the hosts that its URLs name. */
const PROGRAMS: Readonly<Record<string, (command: Command, sink: Sink) => boolean>> = {
  curl: download,
  wget: download,
  git: clone,
  svn: () => true,
  hg: () => true,
  ssh: login,
  scp: login,
  sftp: login,
  rsync: login,
  nc: dial,
  ncat: dial,
  telnet: dial,
  docker: pull,
  podman: pull,
};

function download({ words }: Command, sink: Sink): boolean {
  const sends = words.some((word) => SENDS.has(word));
  for (const word of operands(words, VALUES)) {
    const authority = URL_WORD.exec(word)?.groups?.authority;
    if (authority !== undefined) {
      const from = sends ? undefined : hostOf(authority);
      if (from !== undefined) sink.dependency({ type: 'download', name: word, from });
    } else if (/^[\w.-]+\//.test(word)) {
      const host = word.slice(0, word.indexOf('/'));
      if (isPublicName(host)) sink.host(host, true);
    }
  }
  return true;
}

/** What makes of a request something that takes data away rather than in. */
const SENDS = new Set(
  '-d --data --data-binary --data-raw --data-urlencode -F --form -T --upload-file --post-data --post-file POST PUT PATCH DELETE'.split(
    ' ',
  ),
);

function clone({ words }: Command, sink: Sink): boolean {
  const [verb = '', address = ''] = operands(words, GIT_VALUES);
  if (!GIT_NETWORK.has(verb) || (verb === 'submodule' && address !== 'update' && address !== 'add')) return false;
  const scp = /^[\w.-]{1,64}@(?<host>[\w.-]+):/.exec(address)?.groups?.host;
  if (scp !== undefined) sink.host(scp, true);
  if (verb !== 'clone') return true;
  const authority = URL_WORD.exec(address)?.groups?.authority;
  const host = scp ?? (authority === undefined ? undefined : hostOf(authority));
  if (host !== undefined) sink.dependency({ type: 'repository', name: address, from: host });
  return true;
}

const GIT_NETWORK = new Set('clone fetch pull push ls-remote submodule'.split(' '));
const GIT_VALUES = new Set('-C -c -b --branch --depth -o --origin -j --jobs'.split(' '));

function login({ words }: Command, sink: Sink): boolean {
  for (const word of operands(words)) {
    const host = /^[\w.-]{1,64}@(?<host>[\w.-]+)(?::|$)/.exec(word)?.groups?.host;
    if (host !== undefined) sink.host(host, true);
  }
  return true;
}

function dial({ words }: Command, sink: Sink): boolean {
  const [host = '', port = ''] = operands(words);
  if (/^\d{1,5}$/.test(port)) sink.host(host, true);
  return true;
}

function pull({ words }: Command, sink: Sink): boolean {
  const [verb, reference] = operands(words, DOCKER_VALUES);
  if (verb === 'pull' && reference !== undefined) sink.image(reference);
  return verb === 'pull' || verb === 'push' || verb === 'login';
}

const DOCKER_VALUES = new Set('--platform --config -H --host --log-level -l'.split(' '));
