// The labelled strings of other scanners’ tests, in two parts: one to develop on, one that stays unread meanwhile.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { readRows } from '../../shared.ts';

const Case = z.object({
  source: z.string(),
  /** The foreign rule. */
  kind: z.string(),
  text: z.string(),
  secrets: z.array(z.string()).default([]),
  /** Whether `secrets` stand in the text just so. */
  literal: z.boolean(),
  /** Whether that rule fires. */
  expected: z.boolean(),
});

export type Part = 'development' | 'unread';
export const PARTS: readonly Part[] = ['development', 'unread'];

export interface Case extends z.infer<typeof Case> {
  readonly part: Part;
  /** SHA-256 of the text: what a person can name it by. */
  readonly id: string;
}

/** A fifth of the kinds: whole kinds, so that what is unread is what nobody built for. */
const UNREAD_BELOW = 51;

export function readCases(): readonly Case[] {
  return readRows('data/secrets/cases.jsonl.gz', Case).map((row) => ({
    ...row,
    part: partOf(`${row.source}/${row.kind}`),
    id: sha256(row.text).toString('hex'),
  }));
}

function partOf(kind: string): Part {
  return sha256(kind).readUInt8() < UNREAD_BELOW ? 'unread' : 'development';
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
