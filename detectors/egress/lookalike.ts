// Names that are made to be taken for another: one edit away from one that the job, or everybody, knows; or the same name
// under an ending that is bought for that. As in I25 (two letters swapped) and I20, I26 (another ending).
import { hostName } from '../../services/core/host-name.ts';

/** Shorter names are one edit away from many; the same name under another ending is told from five on. */
const SHORTEST = 6;
const SHORTEST_SAME = 5;

/** What builds everywhere talk to. */
const WELL_KNOWN: readonly string[] =
  'github.com githubusercontent.com gitlab.com bitbucket.org npmjs.org npmjs.com yarnpkg.com nodejs.org pypi.org pythonhosted.org python.org docker.com docker.io golang.org rubygems.org packagist.org nuget.org maven.org sonatype.org gradle.org apache.org jenkins.io circleci.com atlassian.com microsoft.com windows.net azure.com visualstudio.com googleapis.com google.com amazonaws.com cloudflare.com ubuntu.com debian.org alpinelinux.org codecov.io sonarcloud.io hashicorp.com terraform.io kubernetes.io aquasecurity.com checkmarx.com sentry.io slack.com telegram.org letsencrypt.org'.split(
    ' ',
  );

/** Endings under which companies have sites and services of their own beside their first name. */
const OWN_ENDINGS = new Set(
  'com net org io dev app co ai edu gov info biz tech software systems services tools run build page'.split(' '),
);

/** Characters that are read for each other. */
const READ_AS: Readonly<Record<string, string>> = { 0: 'o', 1: 'l', 3: 'e', 4: 'a', 5: 's', 8: 'b', i: 'l' };

/** The known name that a new destination looks like; undefined where there is none. */
export function lookalikeOf(destination: string, known: readonly string[]): string | undefined {
  const name = labelOf(destination);
  if (name === undefined || name.label.length < SHORTEST_SAME) return undefined;
  const all = [...known, ...WELL_KNOWN];
  if (all.includes(destination)) return undefined;
  return all.find((other) => {
    const theirs = labelOf(other);
    if (theirs === undefined) return false;
    if (name.label === theirs.label) return isBoughtEnding(name.ending, theirs.ending);
    return Math.min(name.label.length, theirs.label.length) >= SHORTEST && isOneEdit(name.label, theirs.label);
  });
}

function labelOf(destination: string): { readonly label: string; readonly ending: string } | undefined {
  const found = hostName(destination);
  if (!found?.suffix || found.isHosted || found.registrable === undefined) return undefined;
  const label = found.registrable.slice(0, -found.suffix.length - 1);
  return label === '' ? undefined : { label, ending: found.suffix };
}

/** Nobody can buy them: https://www.rfc-editor.org/rfc/rfc6761, …/rfc/rfc9476, and what companies use within. */
const RESERVED = new Set('example test invalid localhost local onion alt internal corp lan home'.split(' '));

/** A country's ending is where a company is at home there. */
function isBoughtEnding(ending: string, theirs: string): boolean {
  if (ending === theirs || OWN_ENDINGS.has(ending) || RESERVED.has(ending)) return false;
  return ending.length > 2 && !ending.includes('.');
}

/**
 * One letter more, less or another one, or two neighbours swapped (Damerau 1964, CACM 7). Digits number machines, so one
 * more of them or another one is no disguise, but where it is read as the letter it stands for.
 */
function isOneEdit(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start += 1;
  const [a, b] = [short.slice(start), long.slice(start)];
  if (short.length < long.length) return a === b.slice(1) && !isDigit(b[0]);
  if (a.slice(1) === b.slice(1)) return isDisguise(a[0], b[0]);
  return a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2);
}

function isDisguise(a = '', b = ''): boolean {
  if (!isDigit(a) && !isDigit(b)) return true;
  return (READ_AS[a] ?? a) === (READ_AS[b] ?? b);
}

function isDigit(character = ''): boolean {
  return character >= '0' && character <= '9';
}
