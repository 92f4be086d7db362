// Files of the repository that say how it is deployed. No server here can run them, so they are held against the code.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../../..');

export const CONFIGURATIONS = ['deploy/scale-out.yaml', 'deploy/one-process.yaml', 'deploy/kubernetes/pipewarden.yaml'];

export function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** What a configuration refers to by `${env:NAME}` or `${file:PATH}`. */
export function references(text: string, kind: 'env' | 'file'): string[] {
  return [...text.matchAll(new RegExp(`\\$\\{${kind}:([^}]+)\\}`, 'g'))].map(([, name = '']) => name);
}
