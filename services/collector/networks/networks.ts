// Autonomous system and country of addresses, from databases on this machine: nothing is asked of anybody.
import { canonicalAddress, reachOf } from '../../core/address.ts';
import type { Clock } from '../../core/clock.ts';
import { type Instant, MINUTE } from '../../core/time.ts';
import type { Log } from '../../telemetry/log.ts';
import { known } from '../fields.ts';
import { type Loaded, openDatabase } from './database.ts';
import { asnIn, countryIn } from './facts.ts';

/** Something looked up, and when the database that says so was built. */
export interface LookedUp<Value> {
  readonly value: Value;
  readonly built: Instant;
}

export interface AddressFacts {
  readonly asn?: LookedUp<number>;
  readonly country?: LookedUp<string>;
}

export interface Networks {
  /** Reads the databases where that was not done yet, and looks for new ones now and then. Never fails. */
  refresh(): Promise<void>;
  /** Nothing for private addresses, for what is no address, and before the first `refresh`. */
  of(address: string): AddressFacts;
}

/** Paths of MMDB files; one file may serve for both. */
export interface NetworkPaths {
  readonly asn?: string | undefined;
  readonly country?: string | undefined;
}

/** Databases are built daily at most. */
const LOOK_AGAIN = MINUTE;
/** Addresses kept with what is known of them: a few hundred bytes each. */
const REMEMBERED = 10_000;
const NOTHING: AddressFacts = {};

export const NO_NETWORKS: Networks = { async refresh() {}, of: () => NOTHING };

/** Throws CONFIG_INVALID where a file is missing or no database. */
export function openNetworks(paths: NetworkPaths, parts: { readonly clock: Clock; readonly log: Log }): Networks {
  const { clock, log } = parts;
  const open = (path: string | undefined, setting: string) =>
    path === undefined
      ? undefined
      : openDatabase(path, setting, (problem) =>
          log.warn('An address database cannot be read; what was read before stays.', { setting, problem }),
        );
  const asn = open(paths.asn, 'enrichment.asn');
  const country = paths.country === paths.asn ? asn : open(paths.country, 'enrichment.country');
  if (!asn && !country) return NO_NETWORKS;

  let loaded: { readonly asn?: Loaded | undefined; readonly country?: Loaded | undefined } = {};
  let looking: Promise<void> | undefined;
  let looked = Number.NEGATIVE_INFINITY;
  const remembered = new Map<string, AddressFacts>();

  async function look(): Promise<void> {
    const found = { asn: await asn?.refresh(), country: await country?.refresh() };
    if (found.asn !== loaded.asn || found.country !== loaded.country) remembered.clear();
    loaded = found;
    looked = clock.now();
    looking = undefined;
  }

  return {
    async refresh() {
      if (clock.now() - looked < LOOK_AGAIN) return;
      looking ??= look();
      await looking;
    },
    of(text) {
      const address = canonicalAddress(text);
      if (address === undefined || reachOf(address) !== 'public') return NOTHING;
      const before = remembered.get(address);
      if (before) return before;
      const facts = known({
        asn: lookUp(loaded.asn, address, asnIn),
        country: lookUp(loaded.country, address, countryIn),
      });
      if (remembered.size >= REMEMBERED) remembered.clear();
      remembered.set(address, facts);
      return facts;
    },
  };
}

function lookUp<Value>(
  database: Loaded | undefined,
  address: string,
  read: (record: unknown) => Value | undefined,
): LookedUp<Value> | undefined {
  const value = database && read(database.get(address));
  return database === undefined || value === undefined ? undefined : { value, built: database.built };
}
