// What a system showed of something before it was stopped: how it is written down, cut into documents and put together again.
import { hash } from 'node:crypto';
import { contentId } from './json.ts';

/** One answer of a system, as JSON without its secrets. */
export interface Piece {
  readonly name: string;
  readonly text: string;
}

/** What the run and the audit trail say of a piece. */
export interface KeptPiece {
  readonly name: string;
  /** Of its text in UTF-8, in hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
}

export interface Evidence {
  readonly pieces: readonly KeptPiece[];
  /** What is missing, and why; one line each. */
  readonly left_out: readonly string[];
}

/** Some of the evidence that a step kept. Most steps need one document. */
export interface EvidenceDocument {
  readonly id: string;
  readonly run: string;
  readonly incident: string;
  /** Place of the step in the run, from 0. */
  readonly step: number;
  readonly action: string;
  /** RFC 3339, UTC. */
  readonly taken: string;
  /** Of so many; the first is 0. */
  readonly part: number;
  readonly parts: number;
  /** In order. A piece that goes on in the next document is the last here and the first there. */
  readonly pieces: readonly Piece[];
}

/** In UTF-8, and quoted once more, no document comes to 1 MB with these: a character of JSON takes three bytes at most. */
const MOST_CHARACTERS = 300_000;

/** Equal for a repeat, which so takes the place of what was kept before. */
export function evidenceId(run: string, step: number, part: number): string {
  return contentId('evidence', run, step, part);
}

export function sealPiece({ name, text }: Piece): KeptPiece {
  return { name, sha256: hash('sha256', text, 'hex'), bytes: Buffer.byteLength(text) };
}

/** As the pieces of one document each. */
export function cutPieces(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const documents: Piece[][] = [];
  let room = 0;
  for (const { name, text } of pieces) {
    for (let from = 0; from < text.length; ) {
      if (room < 2) {
        documents.push([]);
        room = MOST_CHARACTERS;
      }
      const part = text.slice(from, endOf(text, from + room));
      documents.at(-1)?.push({ name, text: part });
      from += part.length;
      room -= part.length;
    }
  }
  return documents;
}

/** A character of two units stays whole. */
function endOf(text: string, end: number): number {
  const isHalf = end < text.length && /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
  return isHalf ? end - 1 : end;
}

export function joinPieces(documents: readonly (readonly Piece[])[]): readonly Piece[] {
  const texts = new Map<string, string>();
  for (const { name, text } of documents.flat()) texts.set(name, (texts.get(name) ?? '') + text);
  return [...texts].map(([name, text]) => ({ name, text }));
}

/** As a person reads it, in one line: the seals by their beginnings, which the audit trail has in full. */
export function evidenceLine({ pieces, left_out }: Evidence): string {
  const seals = pieces.map(({ name, sha256 }) => `${name} ${sha256.slice(0, 16)}`).join(', ');
  const without = left_out.length > 0 ? `; left out: ${left_out.join('; ')}` : '';
  return `Evidence kept: ${pieces.length} ${pieces.length === 1 ? 'piece' : 'pieces'}, sha256 ${seals}${without}`;
}
