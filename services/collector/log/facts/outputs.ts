// What programs' own output says of packages, images and connections: rows of text by how a line begins, so that a line
// that begins like none of them costs one look into a table.
import { javaArchive, npmTarball, pythonArchive, rpm } from './archives.ts';
import { INSTALLS } from './installs.ts';
import type { Sink } from './sink.ts';

export interface OutputRule {
  readonly begins: string;
  /** True when the text was one of these. */
  read(text: string, sink: Sink, memory: Memory): boolean;
}

/** What a line left for a later one. */
export interface Memory {
  /** Of the image that is being pulled. */
  digest?: string;
  /** pip said what it will install. */
  collected?: boolean;
}

function rule(
  begins: string,
  expression: RegExp,
  tell: (groups: Groups, sink: Sink, memory: Memory) => void,
): OutputRule {
  return {
    begins,
    read(text, sink, memory) {
      const match = expression.exec(text);
      if (match) tell(match.groups ?? {}, sink, memory);
      return match !== null;
    },
  };
}

type Groups = Readonly<Record<string, string | undefined>>;

const installs = INSTALLS.map(({ begins, tool, expression }) =>
  rule(begins, expression, ({ name = '', requested, resolved }, sink) => {
    sink.package(tool, name, {
      ...(requested !== undefined && { requested }),
      ...(resolved !== undefined && { resolved }),
    });
  }),
);

const archives = [
  rule('Using cached ', /^Using cached (?<word>\S+)/, ({ word = '' }, sink) => pythonArchive(word, sink)),
  rule('Downloading', /^Downloading(?:: | from \S{1,60}: )(?<word>\S+)/, ({ word = '' }, sink) =>
    javaArchive(word, 'maven', sink),
  ),
  rule('Downloading ', /^Downloading (?<word>\S+)/, ({ word = '' }, sink) => {
    pythonArchive(word, sink);
    if (word.includes('://')) javaArchive(word, 'maven', sink);
  }),
  rule('Downloaded', /^Downloaded(?:: | from \S{1,60}: )(?<word>\S+)/, ({ word = '' }, sink) =>
    javaArchive(word, 'maven', sink),
  ),
  rule('Download ', /^Download (?<word>https?:\S+)/, ({ word = '' }, sink) => javaArchive(word, 'gradle', sink)),
  rule('downloading ', /^downloading (?<word>https?:\S+)/, ({ word = '' }, sink) => javaArchive(word, 'sbt', sink)),
  rule('npm http fetch ', /^npm http fetch GET 200 (?<word>\S+)/, ({ word = '' }, sink) => npmTarball(word, sink)),
  rule('Installing ', /^Installing *: (?<word>\S+)/, ({ word = '' }, sink) => rpm(word, sink)),
  rule('Installing collected packages: ', /^/, (_groups, _sink, memory) => {
    memory.collected = true;
  }),
  rule('Successfully installed ', /^Successfully installed (?<words>.+)$/, ({ words = '' }, sink, memory) => {
    const tool = memory.collected ? 'pip' : 'gem';
    for (const word of words.split(' ', 500)) {
      const { name, version } = /^(?<name>\w[\w.-]{0,100})-(?<version>\d[\w.!+]{0,60})$/.exec(word)?.groups ?? {};
      if (name && version) sink.package(tool, name, { resolved: version });
    }
    memory.collected = false;
  }),
];

const images = [
  rule('Digest: sha256:', /^Digest: (?<digest>sha256:[0-9a-f]{64})$/, ({ digest = '' }, _sink, memory) => {
    memory.digest = digest;
  }),
  rule(
    'Status: ',
    /^Status: (?:Downloaded newer image for|Image is up to date for) (?<image>\S+)$/,
    ({ image = '' }, sink, memory) => {
      sink.image(image, memory.digest);
      delete memory.digest;
    },
  ),
  rule('Unable to find image ', /^Unable to find image '(?<image>[^'\s]+)' locally/, ({ image = '' }, sink) =>
    sink.image(image),
  ),
  rule('Pulling docker image ', /^Pulling docker image (?<image>\S+) \.\.\./, ({ image = '' }, sink) =>
    sink.image(image),
  ),
  rule(
    'Using docker image ',
    /^Using docker image \S{1,100} for (?<image>\S+)(?: with digest [^\s@]+@(?<digest>sha256:[0-9a-f]{64}))?/,
    ({ image = '', digest }, sink) => sink.image(image, digest),
  ),
  rule('Step ', /^Step \d{1,4}(?:\/\d{1,4})? ?: FROM (?:--platform=\S{1,60} )?(?<image>\S+)/, ({ image = '' }, sink) =>
    sink.image(image),
  ),
  rule('#', /^#\d{1,4} \[[^\]]{1,100}\] FROM (?:--platform=\S{1,60} )?(?<image>\S+)/, ({ image = '' }, sink) =>
    sink.image(image),
  ),
];

/** Lines in which a program says where it connects; URLs are found everywhere. */
const transfers = [
  rule('* Connected to ', /^\* Connected to (?<host>\S+) \((?<address>[0-9a-fA-F:.]{2,45})\) port \d/, connected),
  rule(
    '* Established ',
    /^\* Established (?:2nd )?connection to (?<host>\S+) \((?<address>[0-9a-fA-F:.]{2,45}) port \d/,
    connected,
  ),
  rule('* ', /^\* +Trying \[?(?<address>[0-9a-fA-F:.]{2,45}?)\]?(?::\d{1,5})?\.\.\./, connected),
  rule(
    'Connecting to ',
    /^Connecting to (?<host>[^\s|]+)(?: \([^)\s]+\))?\|(?<address>[0-9a-fA-F:.]{2,45})\|:\d/,
    connected,
  ),
  rule(
    'Connecting to ',
    /^Connecting to (?<host>[^\s|]+) \(\[?(?<address>[0-9a-fA-F:.]{2,45}?)\]?:\d{1,5}\)/,
    connected,
  ),
  rule('Connecting to ', /^Connecting to (?<host>[\w.-]+):\d{1,5}\b/, connected),
  rule('curl: (', /^curl: \(\d{1,3}\) (?:Could not resolve host: |Failed to connect to )(?<host>[\w.-]+)/, connected),
  rule('From ', /^From (?<host>[\w.-]+):\S/, connected),
];

/** The name where it says something, else the address: a name of the own network is no destination. */
function connected({ host, address }: Groups, sink: Sink): void {
  if (host !== undefined) sink.host(host, true);
  if (address !== undefined && (host === undefined || !host.includes('.'))) sink.host(address, true);
}

export const OUTPUTS: readonly OutputRule[] = [...installs, ...archives, ...images, ...transfers];
