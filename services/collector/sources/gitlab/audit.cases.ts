// Audit events as GitLab's documentation shows them, streamed, polled and as lines of its logs, and what they become.
import type { SourceCase } from '../../source-case.ts';
import { deeds } from './audit/cases/deeds.ts';
import { guards } from './audit/cases/guards.ts';

export const cases: readonly SourceCase[] = [...deeds, ...guards];
