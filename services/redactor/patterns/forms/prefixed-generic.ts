// The last resort for vendors that nobody has listed: a token that carries its own label, as most new ones do.
import type { Pattern } from '../../pattern.ts';
import { entropy, isPlaceholder } from '../../plausible.ts';
import { isOwned } from '../make/owned.ts';
import { ALPHANUMERIC, BASE64URL, BORDER, bare, draw } from '../make/token.ts';

/** Words that only stand before a secret. */
const SECRET_WORDS = ['sk', 'rk', 'pat', 'tok', 'token', 'secret', 'apikey', 'privkey', 'accesskey', 'authkey'];
/** Those that do so too where there is another word, or where what follows is mixed. */
const LABEL_WORDS = ['key', 'api', 'live', 'prod', 'access', 'auth', 'svc', 'bot', 'refresh'];
/** Joined by hyphens they are part of ordinary names. */
const JOINED_WORDS = ['key', 'live', 'prod', 'access', 'refresh'];
/** Frequent on their own, so that they count only inside. */
const INNER_WORDS = ['test', 'sandbox', 'dev', 'admin'];
const LABELS: ReadonlySet<string> = new Set([...SECRET_WORDS, ...LABEL_WORDS, ...INNER_WORDS]);
const STRONG: ReadonlySet<string> = new Set(SECRET_WORDS);

/** What names of files, layers, caches, branches and jobs hold. */
const HARMLESS =
  /^(?:cach\w*|hash|sha\d*|md5|digest|commit|image|img|build|builds|version|layer|snapshot|file|files|log|logs|job|jobs|run|runs|tmp|temp|node|nodes|pod|pods|public|pub|pk|publishable|id|ids|uid|uuid|ref|refs|rev|checksum|fingerprint|etag|integrity|npm|yarn|pnpm|docker|spec|specs|case|suite|tests|testing|deps|lock|release|artifact|artifacts|bundle|chunk|asset|assets|static|dist|report|trace|span|request|session|volume|vol|container|network|bucket|db|table|index|branch|tag|pr|v\d+)$/i;

/** At most so many words before the random part: `acme_sandbox_api_key_…`. */
const MOST_WORDS = 5;
const SHORTEST_TAIL = 20;

export const prefixedGeneric: readonly Pattern[] = [
  {
    id: 'labelled-token',
    provider: 'any',
    title: 'Token that carries its own label: vendor_live_…, sk-…, pat-…, vendor_api_key_…',
    source: 'https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/',
    keywords: [
      ...[...SECRET_WORDS, ...LABEL_WORDS].map((word) => `${word}_`),
      ...[...SECRET_WORDS, ...JOINED_WORDS].map((word) => `${word}-`),
      ...INNER_WORDS.flatMap((word) => [`_${word}_`, `-${word}-`]),
    ].filter((word) => word.length > 2),
    follows: { alphabet: `${BASE64URL}.=`, least: SHORTEST_TAIL },
    search: 'line',
    secret: new RegExp(`${BORDER}[A-Za-z][A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]{20,})?={0,2}(?![A-Za-z0-9_-]|\\.[A-Za-z])`),
    shortest: SHORTEST_TAIL + 3,
    accepts: isLabelledToken,
    example: (random) => bare(`acme_live_7${draw(random, ALPHANUMERIC, 30)}4x7Q2f9b`),
  },
];

/** Words with a label among them, then characters that nobody wrote. */
function isLabelledToken(text: string, before: string): boolean {
  if (isOwned(text)) return false;
  const [, lead = '', tail = ''] = /^((?:[A-Za-z]{2,16}[0-9]?[_-]+){1,6})(.*)$/.exec(text) ?? [];
  const words = lead.toLowerCase().split(/[_-]+/).filter(Boolean);
  if (words.length > MOST_WORDS || words.some((word) => HARMLESS.test(word))) return false;
  const labels = words.filter((word) => LABELS.has(word));
  if (labels.length === 0 || isPlaceholder(tail)) return false;
  // A part of an address, a path or a reference is named like this as well.
  const isStrong = labels.some((word) => STRONG.has(word));
  if (/[/@\\#]$/.test(before) && !isStrong) return false;
  return isRandomTail(tail, isStrong || labels.length > 1);
}

function isRandomTail(tail: string, isStrong: boolean): boolean {
  const body = tail.replace(/[^A-Za-z0-9]/g, '');
  if (body.length < SHORTEST_TAIL || !/\d/.test(body) || !/[A-Za-z]/.test(body)) return false;
  // Parts that are words, dates or counters make a name of it.
  const parts = tail.split(/[^A-Za-z0-9]+/).filter(Boolean);
  if (parts.length > 1 && parts.some((part) => part.length > 2 && /^(?:[a-z]+|[A-Z][a-z]+|\d+)$/.test(part)))
    return false;
  const changes = body.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)/g)?.length ?? 0;
  if (changes < 4) return false;
  if (/^[0-9a-f]+$/.test(body)) return isStrong && entropy(body) > 3;
  const isMixed = /[a-z]/.test(body) && /[A-Z]/.test(body);
  return entropy(body) > (isMixed ? 3.5 : 3.3) && (isMixed || isStrong);
}
