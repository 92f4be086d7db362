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
  /** A guard on the runner refused it. */
  readonly blocked?: true;
  /** The command line of the program itself names the bare address: it was meant, no name has got lost. */
  readonly spelled?: true;
}

export type Contacting = ActivityOf<'connection' | 'dns' | 'step'>;

/** The instance-metadata services of clouds are told by a detector of their own. */
const METADATA_ADDRESSES = new Set(['169.254.169.254', '169.254.170.2', '169.254.170.23', 'fd00:ec2::254']);
const METADATA_NAMES = new Set(['metadata.google.internal', 'metadata.goog', 'instance-data.ec2.internal']);

export function isMetadataService(host: string | undefined): boolean {
  return host !== undefined && (METADATA_ADDRESSES.has(host) || METADATA_NAMES.has(host));
}

/** Local destinations, metadata services and what came in are none. */
export function contactsOf(activity: Contacting): readonly Contact[] {
  const program = programName(activity.process?.executable);
  const by = program === undefined ? {} : { program };
  switch (activity.kind) {
    case 'dns':
      return named(activity.detail.name, { ...by, ...blockedBy(activity.detail.verdict) });
    case 'step':
      return (activity.detail.hosts ?? []).flatMap(({ name, contacted }) => (contacted ? named(name, {}) : []));
    case 'connection': {
      const { host, address, port, direction, verdict } = activity.detail;
      if (direction === 'ingress') return [];
      const plain = address === undefined ? undefined : canonicalAddress(address);
      const more = {
        ...by,
        ...(port !== undefined && { port }),
        ...(plain !== undefined && { address: plain }),
        ...blockedBy(verdict),
      };
      if (host !== undefined && !isIP(host)) return named(host, more);
      const bare = plain ?? (host === undefined ? undefined : canonicalAddress(host));
      if (bare === undefined || reachOf(bare) === 'local' || isMetadataService(bare)) return [];
      const spelled = activity.process?.command_line?.includes(bare) === true;
      return [{ ...more, bare, isPrivate: reachOf(bare) === 'private', ...(spelled && { spelled: true as const }) }];
    }
  }
}

function blockedBy(verdict: 'allowed' | 'blocked' | undefined): Partial<Contact> {
  return verdict === 'blocked' ? { blocked: true } : {};
}

function named(name: string, more: Partial<Contact>): readonly Contact[] {
  const found = hostName(name);
  if (found?.registrable === undefined || found.isLocal || isMetadataService(found.name)) return [];
  if (found.isAddress) return [{ ...more, bare: found.name, isPrivate: found.isPrivate, spelled: true }];
  return [{ ...more, destination: found.registrable, host: found.name, isPrivate: found.isPrivate }];
}
