// Packages told by the name of their file in a repository: wheels, tarballs, jars, rpms.
import type { Sink } from './sink.ts';

const MOST = 300;
const WHEEL = /^(?<name>\w[\w.]*)-(?<version>\d[\w.!+]*)-[\w.-]+\.whl$/;
const SOURCE = /^(?<name>\w[\w.-]*)-(?<version>\d[\w.!+]*?)\.(?:tar\.gz|tar\.bz2|zip)$/;
const JARS = ['.jar', '.aar', '.war', '.klib'];
const ROOTS = new Set('maven2 maven m2 public releases snapshots repo jcenter'.split(' '));

/** The file that a word ends with; longer ones are no names. */
function fileIn(word: string): string {
  const path = word.slice(0, 2_000).split(/[?#]/, 1)[0] ?? '';
  const file = path.slice(path.lastIndexOf('/') + 1);
  return file.length <= MOST ? file : '';
}

/** pip: a wheel (https://packaging.python.org/en/latest/specifications/binary-distribution-format/) or source archive. */
export function pythonArchive(word: string, sink: Sink): void {
  const file = fileIn(word);
  const { name, version } = (WHEEL.exec(file) ?? SOURCE.exec(file))?.groups ?? {};
  if (name && version) sink.package('pip', name, { resolved: version });
}

/** npm: `https://…/@scope/left-pad/-/left-pad-1.3.0.tgz`. */
export function npmTarball(url: string, sink: Sink): void {
  const file = fileIn(url);
  const [path = '', rest] = url.slice(0, 2_000).split('/-/', 2);
  if (rest === undefined || !file.endsWith('.tgz')) return;
  const [scope = '', last = ''] = path.replace(/%2f/gi, '/').split('/').slice(-2);
  const version = file.slice(last.length + 1, -'.tgz'.length);
  if (!file.startsWith(`${last}-`) || !/^\d/.test(version)) return;
  sink.package('npm', scope.startsWith('@') ? `${scope}/${last}` : last, { resolved: version });
}

/**
 * Maven's repository layout (https://maven.apache.org/repository/layout.html): `…/group/parts/artifact/version/file`.
 * The group begins behind what repositories are commonly called; without such a name it is left out.
 */
export function javaArchive(url: string, tool: string, sink: Sink): void {
  const path = url.slice(0, 2_000);
  if (!JARS.some((ending) => path.endsWith(ending))) return;
  const segments = path.slice(path.indexOf('://') + 3).split('/');
  const [file = '', version = '', artifact = ''] = segments.slice(-3).reverse();
  if (!file.startsWith(`${artifact}-`) || !/^\d/.test(version)) return;
  const parts = segments.slice(1, -3);
  const root = parts.findIndex((part) => ROOTS.has(part));
  const group =
    root === -1
      ? ''
      : `${parts
          .slice(root + 1)
          .filter((part) => /\D/.test(part))
          .join('.')}:`;
  sink.package(tool, group.length > 1 ? group + artifact : artifact, { resolved: version });
}

/** dnf and yum: `curl-7.76.1-26.el9.x86_64`. */
export function rpm(word: string, sink: Sink): void {
  const { name, version } =
    /^(?<name>[\w.+-]{1,100})-(?<version>[\w.:~^+]{1,60}-[\w.~^+]{1,60})\.\w{1,20}$/.exec(word)?.groups ?? {};
  if (name && version) sink.package('dnf', name, { resolved: version });
}
