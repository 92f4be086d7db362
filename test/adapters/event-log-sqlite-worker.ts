// A process of its own that echoes the log named on its command line, slowly enough to be killed in between.
import { setTimeout as sleep } from 'node:timers/promises';
import { openSqliteEventLog } from '../../services/adapters/event-log/sqlite.ts';
import { systemClock } from '../../services/core/clock.ts';
import { openEcho } from '../contracts/event-log/echo.ts';

const [, , path = ''] = process.argv;
const log = openSqliteEventLog({ path, clock: systemClock, leaseMs: 600 });
await log.subscribe({
  group: 'killed',
  topic: 'activity',
  batchSize: 10,
  async open(assignment) {
    const echo = await openEcho(assignment);
    return {
      async process(batch) {
        await sleep(2);
        return echo(batch);
      },
    };
  },
});
