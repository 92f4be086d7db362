// Where a job went, as far as an activity tells: who controls the name, the port, which program.
import { isIP } from 'node:net';
import type { ActivityOf } from '../../services/core/activity.ts';
import { canonicalAddress, reachOf } from '../../services/core/address.ts';
import { hostName } from '../../services/core/host-name.ts';
import { programName } from '../process/program.ts';

export interface Contact {
  /** Who controls it: the registrable domain, the customer's part of a hosting service's name. */
  readonly destination?: string;
  /** As it was asked for. */
  readonly host?: string;
  /** Where no name is known. */
  readonly bare?: string;
  readonly address?: string;
  readonly port?: number;
  readonly program?: string;
  readonly isPrivate: boolean;
}

export type Contacting = ActivityOf<'connection' | 'dns' | 'step'>;

/** Local destinations and what came in are none. */
export function contactsOf(activity: Contacting): readonly Contact[] {
  const program = programName(activity.process?.executable);
  const by = program === undefined ? {} : { program };
  switch (activity.kind) {
    case 'dns':
      return named(activity.detail.name, by);
    case 'step':
      return (activity.detail.hosts ?? []).flatMap(({ name, contacted }) => (contacted ? named(name, {}) : []));
    case 'connection': {
      const { host, address, port, direction } = activity.detail;
      if (direction === 'ingress') return [];
      const plain = address === undefined ? undefined : canonicalAddress(address);
      const more = { ...by, ...(port !== undefined && { port }), ...(plain !== undefined && { address: plain }) };
      if (host !== undefined && !isIP(host)) return named(host, more);
      const bare = plain ?? (host === undefined ? undefined : canonicalAddress(host));
      if (bare === undefined || reachOf(bare) === 'local') return [];
      return [{ ...more, bare, isPrivate: reachOf(bare) === 'private' }];
    }
  }
}

function named(name: string, more: Partial<Contact>): readonly Contact[] {
  const found = hostName(name);
  if (found?.registrable === undefined || found.isLocal) return [];
  if (found.isAddress) return [{ ...more, bare: found.name, isPrivate: found.isPrivate }];
  return [{ ...more, destination: found.registrable, host: found.name, isPrivate: found.isPrivate }];
}
