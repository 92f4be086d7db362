// What the configuration tells the collector beside its sources: who is who, and where addresses are.
import type { CollectorOptions } from '../collector/host.ts';
import { openNetworks } from '../collector/networks/networks.ts';
import { systemClock } from '../core/clock.ts';
import { createAliases } from '../core/identity/aliases.ts';
import type { Log } from '../telemetry/log.ts';
import type { Configuration } from './configuration.ts';

/** Throws CONFIG_INVALID where a database is missing or none. */
export function knowledgeOf(
  { identities, enrichment }: Configuration,
  log: Log,
): Required<Pick<CollectorOptions, 'aliases' | 'networks'>> {
  return {
    aliases: createAliases(identities),
    networks: openNetworks(enrichment, { clock: systemClock, log: log.child({ component: 'collector' }) }),
  };
}
