// The setting `sources`: what is watched, and how it comes.
import { z } from 'zod';
import type { Push } from '../../collector/push.ts';
import { SOURCES } from '../../collector/sources/index.ts';
import { secretReference } from '../../core/configuration/secret-reference.ts';
import { distinct } from './distinct.ts';

const PUSHED: ReadonlyMap<string, Push> = new Map(SOURCES.flatMap(({ id, push }) => (push ? [[id, push]] : [])));

const received = z
  .strictObject({
    source: z
      .enum([...PUSHED.keys()])
      .describe(`A feed that is delivered to us; docs/sources.md says how to set each up.`),
    path: z
      .string()
      .startsWith('/')
      .optional()
      .describe(
        'Where it is received; default: the feed’s own, such as /hooks/github for github.webhook. Of otlp: what comes before /v1/traces and /v1/logs.',
      ),
    secrets: z
      .array(secretReference)
      .min(1)
      .max(2)
      .describe(
        'What its sender proves itself with; while it is being rotated, the current one and then the previous one.',
      ),
    body_limit: z
      .int()
      .min(1024)
      .max(26_214_400)
      .default(26_214_400)
      .describe('Largest body in bytes, also of a compressed one; GitHub sends at most 25 MiB.'),
  })
  .transform(({ path, ...rest }) => ({ ...rest, path: path ?? PUSHED.get(rest.source)?.path ?? '/' }));

export const sources = z
  .array(received)
  .refine(distinct('path'), 'two sources receive at the same path; give each a path of its own')
  .default([])
  .describe('What is watched.');
