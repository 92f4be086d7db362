// Where people reach the console.
import type { Configuration } from './configuration.ts';
import { addressOf } from './serve.ts';

/** What links into it begin with. `served`: where it listens, if that is known better than from the configuration. */
export function consoleUrl({ console: { url, host, port } }: Configuration, served?: string): string {
  return (url ?? served ?? addressOf({ host, port })).replace(/\/+$/, '');
}

/** Names that it answers under beside localhost. */
export function consoleHosts({ console: { url, hosts } }: Configuration): readonly string[] {
  return url === undefined ? hosts : [...hosts, new URL(url).hostname];
}
