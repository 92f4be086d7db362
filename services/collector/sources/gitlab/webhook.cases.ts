// Deliveries as GitLab's documentation shows them, and what they become.
import type { SourceCase } from '../../source-case.ts';
import { code } from './webhook/cases/code.ts';
import { people } from './webhook/cases/people.ts';
import { pipelines } from './webhook/cases/pipelines.ts';

export const cases: readonly SourceCase[] = [...code, ...pipelines, ...people];
