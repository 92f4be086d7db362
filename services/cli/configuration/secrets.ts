// Every secret that a configuration refers to, what it is for, and which service needs it.

import { targetSecrets } from '../../responder/systems/index.ts';
import type { Configuration } from '../configuration.ts';
import type { ServiceName } from '../services.ts';
import { documentStoreSecrets } from './document-store.ts';
import { eventLogSecrets } from './event-log.ts';
import { gateSecrets } from './gate.ts';
import { jobQueueSecrets } from './job-queue.ts';
import { listenerSecrets } from './listeners.ts';
import type { NamedReference } from './named-reference.ts';
import { resultsSecrets } from './results.ts';
import { slackSecrets } from './slack.ts';
import { systemSecrets } from './systems.ts';

export type NamedSecret = readonly [name: string, reference: string];

/** Those that the configuration refers to for its own use. */
export function secretsOf(configuration: Configuration): readonly NamedSecret[] {
  const { every, ...services } = byUser(configuration);
  return named([...every, ...Object.values(services).flat()]);
}

/** Those to be taken out of every record beside. */
export function registeredSecrets({ redaction }: Configuration): readonly NamedSecret[] {
  return redaction.register.map((reference) => ['registered secret', reference] as const);
}

/** Without which these services cannot work. */
export function neededSecrets(
  configuration: Configuration,
  services: ReadonlySet<ServiceName>,
): readonly NamedSecret[] {
  const { every, ...each } = byUser(configuration);
  const own = [...services].flatMap((service) => each[service]);
  return [...named([...every, ...own]), ...registeredSecrets(configuration)];
}

function byUser(configuration: Configuration): Readonly<Record<ServiceName | 'every', readonly NamedReference[]>> {
  const { sources, systems, results, redaction, containment, destinations } = configuration;
  const { event_log, job_queue, document_store } = configuration;
  return {
    every: [
      ['redaction key', redaction.key],
      ...eventLogSecrets(event_log),
      ...jobQueueSecrets(job_queue),
      ...documentStoreSecrets(document_store),
    ],
    collector: [
      ...sources.flatMap(({ source, secrets }) => secrets.map((secret) => [`${source} secret`, secret] as const)),
      ...systemSecrets(systems),
      ...resultsSecrets(results),
      ...listenerSecrets(configuration.listeners),
      ...slackSecrets(containment.slack),
    ],
    analyzer: [],
    responder: [
      ...targetSecrets(containment),
      ['audit signing key', configuration.audit.signing_key],
      ...gateSecrets(configuration.gate),
    ],
    forwarder: destinations.flatMap((each) =>
      each.type === 'webhook' ? [[`${each.id} secret`, each.secret] as const] : [],
    ),
    console: [['console key', configuration.console.key]],
  };
}

export function named(references: readonly NamedReference[]): readonly NamedSecret[] {
  return references.flatMap(([name, reference]) => (reference === undefined ? [] : [[name, reference] as const]));
}
