// What the two stores of objects have in common: objects with names, listed by their beginnings, and read as streams.
import { PipewardenError } from '../../../core/errors.ts';
import type { Instant } from '../../../core/time.ts';
import { allElements, childText, readXml, type XmlElement } from '../../../core/xml.ts';
import type { BytesAnswer, Client } from '../client.ts';

export interface StoredObject {
  readonly key: string;
  /** Other when its content is. */
  readonly etag: string;
  /** Bytes as they are stored. */
  readonly size: number;
  /** When the store took it. */
  readonly modified: Instant;
}

export interface Listing {
  readonly objects: readonly StoredObject[];
  /** Beginnings of names, up to and with the next `/`. */
  readonly folders: readonly string[];
  /** Where the list goes on. */
  readonly next: string | undefined;
}

export interface Listed {
  readonly prefix: string;
  /** What lies below the next `/` is told as a folder. */
  readonly folders?: boolean;
  /** At most a thousand. */
  readonly most?: number;
  readonly next?: string | undefined;
}

/** Rejects with API_UNREACHABLE, API_BUSY, API_REFUSED or API_UNEXPECTED. */
export interface ObjectStore {
  list(listed: Listed, signal: AbortSignal): Promise<Listing>;
  /** Its bytes, once, as they are stored; undefined: it is not there any more, or in an archive. */
  read(key: string, signal: AbortSignal): Promise<AsyncGenerator<Uint8Array> | undefined>;
}

/** The object is gone, or was moved to where it cannot be read from at once. */
const GONE = new Set(['NoSuchKey', 'InvalidObjectState', 'BlobNotFound', 'BlobArchived']);
/** What the stores answer with a reason. */
const REASONED = [301, 307, 400, 401, 403, 404, 409];

/** A list, from the elements of an answer in XML. */
export async function listingAt(
  client: Client,
  path: string,
  name: string,
  read: (root: XmlElement) => Listing,
  signal: AbortSignal,
): Promise<Listing> {
  const answer = await client.bytes(path, signal, { expect: REASONED });
  const root = await rootOf(answer);
  if (answer.status !== 200) throw refusal(path, answer, root);
  if (root?.name !== name) throw unexpected(path, `the answer is no ${name}`);
  return read(root);
}

export async function objectAt(
  client: Client,
  path: string,
  signal: AbortSignal,
): Promise<AsyncGenerator<Uint8Array> | undefined> {
  const answer = await client.bytes(path, signal, { expect: REASONED });
  if (answer.status === 200) return answer.bytes();
  const root = await rootOf(answer);
  if (GONE.has(codeOf(answer, root))) return undefined;
  throw refusal(path, answer, root);
}

/** Elements of that name right below. */
export function childrenOf(parent: XmlElement | undefined, name: string): readonly XmlElement[] {
  return parent?.children.filter((child) => child.name === name) ?? [];
}

async function rootOf(answer: BytesAnswer): Promise<XmlElement | undefined> {
  const pieces: Uint8Array[] = [];
  for await (const piece of answer.bytes()) pieces.push(piece);
  return readXml(Buffer.concat(pieces).toString('utf8'), []).children[0];
}

function codeOf({ headers }: BytesAnswer, root: XmlElement | undefined): string {
  return headers.get('x-ms-error-code') ?? (root && childText(root, 'Code')) ?? '';
}

function refusal(path: string, answer: BytesAnswer, root: XmlElement | undefined): PipewardenError {
  const { status, headers } = answer;
  const message = root && allElements(root).find(({ name }) => name === 'Message')?.text;
  const region = headers.get('x-amz-bucket-region');
  const words = [
    codeOf(answer, root) || 'it does not say why',
    message?.split('\n', 1)[0]?.slice(0, 300).replace(/\.$/, ''),
    region === null ? undefined : `its region is ${region}`,
  ];
  const problem = words.filter((word) => word !== undefined && word !== '').join(', ');
  if (status !== 401 && status !== 403) return unexpected(path, `${status}, ${problem}`);
  return new PipewardenError('API_REFUSED', { ...asked(path), status, problem });
}

export function unexpected(path: string, problem: string): PipewardenError {
  return new PipewardenError('API_UNEXPECTED', { ...asked(path), problem });
}

/** Without the query, which may hold the credential. */
function asked(path: string) {
  return { method: 'GET', path: path.split('?', 1)[0] ?? path };
}
