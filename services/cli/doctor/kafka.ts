// Is Kafka there, do its topics hold what they are given, and is what we say to it unreadable to others?
import type { TopicFault } from '../../adapters/event-log/kafka-topic-faults.ts';
import type { Resolve } from '../../core/configuration/secret-reference.ts';
import { messageOf } from '../../core/errors.ts';
import type { TopicName } from '../../core/topics.ts';
import { silentLog } from '../../telemetry/log.ts';
import type { KafkaConfiguration } from '../configuration/event-log.ts';
import type { Configuration } from '../configuration.ts';
import { kafkaOptions } from '../ports/kafka.ts';
import type { Check } from './check.ts';

/** Nothing where the embedded event log is used. `fix`: makes and repairs what can be. */
export async function kafkaChecks(
  configuration: Configuration,
  secret: Resolve,
  fix: boolean,
): Promise<readonly Check[]> {
  const { event_log: kafka } = configuration;
  if (kafka.type !== 'kafka') return [];
  const readable = credentialsReadable(kafka);
  try {
    const { examineKafka } = await import('../../adapters/event-log/kafka-examine.ts');
    const options = { ...kafkaOptions(kafka, secret, silentLog), groups: groupsOf(configuration), fix };
    const { brokers, topics, mended, faults } = await examineKafka(options);
    return [
      { name: 'kafka', ok: true, note: `${brokers} ${brokers === 1 ? 'broker answers' : 'brokers answer'}` },
      ...readable,
      ...mended.map((fault) => ({ name: 'kafka topic', ok: true, note: `${fault.topic} ${fault.problem}: mended` })),
      ...told(faults),
      ...(faults.length === 0 ? [{ name: 'kafka topics', ok: true, note: `${topics} are as they should be` }] : []),
    ];
  } catch (error) {
    return [{ name: 'kafka', ok: false, note: messageOf(error) }, ...readable];
  }
}

/** On a new cluster all are missing, which is one thing to do. */
function told(faults: readonly TopicFault[]): readonly Check[] {
  const missing = faults.filter(({ repair }) => repair?.kind === 'create');
  const others = faults.filter((fault) => !missing.includes(fault));
  const one = (note: string): Check => ({ name: 'kafka topics', ok: false, note });
  const mend = missing[0]?.mend;
  return [
    ...(mend === undefined ? [] : [one(`${missing.length} are missing; ${mend}, or let \`start\` make them`)]),
    ...others.map(({ topic, problem, mend: how }) => one(`${topic} ${problem}; ${how}`)),
  ];
}

/** PLAIN sends the password itself, OAUTHBEARER the token (RFC 4616, section 6; RFC 7628, section 4). */
function credentialsReadable({ tls, sasl }: KafkaConfiguration): readonly Check[] {
  if (tls || (sasl?.mechanism !== 'plain' && sasl?.mechanism !== 'oauthbearer')) return [];
  const note = `sasl ${sasl.mechanism} without tls: whoever is on the way can read it; add event_log.tls`;
  return [{ name: 'kafka password', ok: false, note }];
}

/** Every consumer group of a whole Pipewarden with its topic; `test/servers/kafka-doctor.test.ts` holds it to the truth. */
function groupsOf({ destinations }: Configuration): readonly (readonly [group: string, topic: TopicName])[] {
  return [
    ['analyzer', 'activity'],
    ['judge', 'signal'],
    ['correlator', 'finding'],
    ['weaknesses', 'activity'],
    ['responder', 'incident'],
    ['audit-chain', 'decision'],
    ...(['finding', 'incident', 'weakness', 'measure', 'audit', 'dead-letter'] as const).map(
      (topic) => ['forwarder.store', topic] as const,
    ),
    ...destinations.flatMap(({ id, send }) => send.map((topic) => [`forwarder.${id}`, topic] as const)),
  ];
}
