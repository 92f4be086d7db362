// Settings that every system has.
import { z } from 'zod';

export function systemName(usual: string) {
  return z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,40}$/, 'expected lower-case letters, digits and -, beginning with a letter')
    .default(usual)
    .describe('What it is called here; what was read is remembered under this name.');
}

export const share = z.number().min(0.01).max(1).default(0.5).describe('Part of the rate limit that is used at most.');

/** What lies below a configured address: `https://git.example/`, `/api/v4`. */
export function below(url: string, path: string): string {
  return url.replace(/\/+$/, '') + path;
}
