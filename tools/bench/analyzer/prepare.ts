// `node prepare.ts FILE REPOSITORIES`: makes an event log whose analyzer has learned a company of that size.
import { openSqliteEventLog } from '../../../services/adapters/event-log/sqlite.ts';
import { systemClock } from '../../../services/core/clock.ts';
import { createStages, PARTITIONS, takeAll } from './stages.ts';
import { PASSES, pass } from './traffic.ts';

const [path = '', repositories = ''] = process.argv.slice(2);
/** Activities between two commits; the log itself need not hold them. */
const STORED = 50_000;

const stages = createStages();
const log = openSqliteEventLog({ path, clock: systemClock });
const consumer = await log.subscribe({
  group: 'analyzer',
  topic: 'activity',
  open: async ({ partition }) => ({ process: () => ({ state: stages[partition]?.flush() ?? [] }) }),
});

async function store(): Promise<void> {
  const rings = Array.from({ length: PARTITIONS }, (_, partition) => ({ key: '', value: '', partition }));
  await log.append('activity', rings);
  await consumer.caughtUp();
}

let taken = 0;
for (let number = 0; number < PASSES; number++) {
  for (const activity of pass(Number(repositories), number)) {
    takeAll(stages, activity);
    taken += 1;
    if (taken % STORED === 0) await store();
  }
}
await store();
await consumer.close();
await log.close();
