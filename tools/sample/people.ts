// Who works at lumen-works: six people in three time zones, a dependency bot and a release account. All made up; the
// addresses are those reserved for documentation (RFC 5737).
import { createHash } from 'node:crypto';
import { secretValue } from '../../services/collector/sample/secrets.ts';
import { PipewardenError } from '../../services/core/errors.ts';
import type { Zone } from './calendar.ts';
import { numberOf } from './ids.ts';

export interface Token {
  readonly id: number;
  /** SHA-256 of the token in base64: what GitHub's audit log calls `hashed_token`. */
  readonly hashed: string;
  readonly type: string;
  readonly scopes?: string;
}

export interface Account {
  readonly login: string;
  readonly id: number;
  readonly type: 'User' | 'Bot';
  readonly name: string;
  readonly email: string;
  readonly signs: boolean;
  readonly token: Token;
}

/** Where somebody is when something is done, as GitHub's servers see it. */
export interface Place {
  readonly address: string;
  readonly country: string;
  readonly zone: Zone;
}

export interface Person extends Account {
  readonly zone: Zone;
  readonly country: string;
  readonly home: string;
  readonly office?: string;
  /** Minutes of the local day; more than 1440 is after midnight. */
  readonly hours: readonly [number, number];
  /** Days on which this person works beside Monday to Friday. */
  readonly extraDays?: readonly number[];
  readonly travel?: { readonly days: readonly number[]; readonly place: Place };
  readonly transport: 'https' | 'ssh';
  readonly git: string;
  readonly client: string;
  /** The first is where most of the work goes. */
  readonly repositories: readonly string[];
  readonly reviewer: string;
  /** Changes begun a day, on average. */
  readonly pace: number;
}

export function tokenOf(name: string, type = 'Personal access token (classic)', scopes?: string): Token {
  const hashed = createHash('sha256').update(secretValue('github-pat', name)).digest('base64');
  return { id: numberOf(`token/${name}`, 10), hashed, type, ...(scopes ? { scopes } : {}) };
}

function person(login: string, rest: Omit<Person, 'login' | 'id' | 'type' | 'email'>): Person {
  return { login, id: numberOf(`user/${login}`, 7), type: 'User', email: `${login}@lumen-works.example`, ...rest };
}

const FINE_GRAINED = 'Fine-grained personal access token';

export const PEOPLE: readonly Person[] = [
  person('mara', {
    name: 'Mara Lindqvist',
    zone: 'singapore',
    country: 'SG',
    home: '198.51.100.24',
    office: '198.51.100.80',
    hours: [545, 1090],
    transport: 'https',
    git: 'git/2.47.1',
    client: 'GitHub CLI 2.67.0',
    token: tokenOf('mara-release', 'Personal access token (classic)', 'admin:repo_hook,repo,workflow'),
    signs: true,
    repositories: ['storefront', 'storefront', 'storefront', 'catalog-api', 'handbook'],
    reviewer: 'jun',
    pace: 1.6,
  }),
  person('jun', {
    name: 'Jun Tan',
    zone: 'singapore',
    country: 'SG',
    home: '198.51.100.31',
    office: '198.51.100.80',
    hours: [580, 1130],
    transport: 'https',
    git: 'git/2.49.0',
    client: 'GitHub CLI 2.69.0',
    token: tokenOf('jun-laptop', FINE_GRAINED),
    signs: true,
    repositories: ['storefront', 'storefront', 'catalog-api'],
    reviewer: 'mara',
    pace: 0.9,
  }),
  person('tilde', {
    name: 'Tilde Brandt',
    zone: 'berlin',
    country: 'DE',
    home: '192.0.2.21',
    office: '192.0.2.10',
    hours: [510, 1020],
    transport: 'https',
    git: 'git/2.48.1',
    client: 'GitHub CLI 2.69.0',
    token: tokenOf('tilde-platform', FINE_GRAINED),
    signs: true,
    repositories: ['catalog-api', 'catalog-api', 'handbook'],
    reviewer: 'oskar',
    pace: 0.8,
  }),
  person('oskar', {
    name: 'Oskar Vogel',
    zone: 'berlin',
    country: 'DE',
    home: '192.0.2.45',
    hours: [1155, 1500],
    transport: 'ssh',
    git: 'git/2.43.0',
    client: 'octokit-cli/4.1.0',
    token: tokenOf('oskar-cli'),
    signs: false,
    repositories: ['catalog-api', 'catalog-api', 'storefront'],
    reviewer: 'tilde',
    pace: 0.9,
  }),
  person('ines', {
    name: 'Ines Duarte',
    zone: 'new-york',
    country: 'US',
    home: '198.51.100.142',
    hours: [540, 1035],
    travel: { days: [24, 25], place: { address: '192.0.2.77', country: 'PT', zone: 'lisbon' } },
    transport: 'https',
    git: 'git/2.45.2',
    client: 'GitHub CLI 2.65.0',
    token: tokenOf('ines-laptop'),
    signs: true,
    repositories: ['storefront', 'handbook'],
    reviewer: 'dmalik',
    pace: 0.8,
  }),
  person('dmalik', {
    name: 'Dev Malik',
    zone: 'new-york',
    country: 'US',
    home: '198.51.100.167',
    hours: [600, 1110],
    extraDays: [6, 13, 27],
    transport: 'ssh',
    git: 'git/2.39.5',
    client: 'GitHub CLI 2.62.0',
    token: tokenOf('dmalik-desk'),
    signs: false,
    repositories: ['catalog-api', 'catalog-api', 'handbook'],
    reviewer: 'ines',
    pace: 0.8,
  }),
];

/** Opens updates of dependencies. */
export const DEPENDENCY_BOT: Account = {
  login: 'lumen-deps[bot]',
  id: numberOf('user/lumen-deps', 8),
  type: 'Bot',
  name: 'lumen-deps[bot]',
  email: 'lumen-deps@lumen-works.example',
  signs: true,
  token: tokenOf('lumen-deps', 'GitHub App server-to-server token'),
};

/** Its token lives in the release workflows alone: it comes from hosted runners, never from a person's network. */
export const RELEASE_BOT: Account = {
  login: 'release-bot',
  id: numberOf('user/release-bot', 8),
  type: 'User',
  name: 'Lumen release',
  email: 'release-bot@lumen-works.example',
  signs: false,
  token: tokenOf('release-bot', 'Personal access token (classic)', 'repo'),
};

export function personOf(login: string): Person {
  const found = PEOPLE.find((one) => one.login === login);
  if (!found) throw new PipewardenError('INTERNAL', { problem: `nobody is called ${login}` });
  return found;
}
