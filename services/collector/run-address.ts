// Which run the address of its page names.
import type { Cicd } from '../core/activity.ts';

/** GitHub's `/actions/runs/7`, GitLab's `/-/pipelines/7`, Jenkins' `/job/release/7/`. */
export function runAt(address: string | undefined): Pick<NonNullable<Cicd['pipeline']>, 'name' | 'run'> | undefined {
  if (address === undefined) return undefined;
  const [, id] = /\/(?:actions\/runs|-\/pipelines)\/(\d+)/.exec(address) ?? [];
  if (id !== undefined) return { run: { id, url: address } };
  const [, name, number] = /\/job\/([^/]+)\/(\d+)\/?$/.exec(address) ?? [];
  return name === undefined || number === undefined ? undefined : { name, run: { id: number, url: address } };
}
