// `node detect.ts FILE REPOSITORIES COUNT`: activities as objects through the entity stages that FILE's state is restored to,
// and nothing else. Prints JSON.
import { openSqliteEventLog } from '../../../services/adapters/event-log/sqlite.ts';
import { systemClock } from '../../../services/core/clock.ts';
import { createStages, keysOf, takeAll } from './stages.ts';
import { some, traffic } from './traffic.ts';
import { processor } from './used.ts';

const [path = '', repositories = '', count = ''] = process.argv.slice(2);
/** Not measured: the compiler has its own work with them. */
const WARM = 10_000;
const PART = 5_000;

const stages = createStages();
const log = openSqliteEventLog({ path, clock: systemClock });
const sizes: number[] = [];
for (const [partition, stage] of stages.entries()) {
  for await (const entry of log.state('analyzer', 'activity', partition)) {
    stage.restore(entry);
    if (entry.key.startsWith('profile/')) sizes.push(entry.value.length);
  }
}
await log.close();
sizes.sort((a, b) => a - b);

const activities = traffic(Number(repositories));
for (const activity of some(activities, WARM)) takeAll(stages, activity);
let keys = 0;
let seconds = 0;
// Made in parts, outside of what is measured: kept all at once they would be most of the memory.
for (let taken = 0; taken < Number(count); taken += PART) {
  const part = some(activities, PART);
  for (const activity of part) keys += keysOf(activity).length;
  seconds += await processor(() => {
    for (const activity of part) takeAll(stages, activity);
    for (const stage of stages) stage.settle();
  });
}

process.stdout.write(
  JSON.stringify({
    profiles: sizes.length,
    median_bytes: sizes[Math.floor(sizes.length / 2)] ?? 0,
    p99_bytes: sizes[Math.floor(sizes.length * 0.99)] ?? 0,
    fan_out: Math.round((keys / Number(count)) * 100) / 100,
    rate: Math.round(Number(count) / seconds),
  }),
);
