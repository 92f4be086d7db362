// `node append.ts FILE REPOSITORIES FROM COUNT`: appends traffic to the log, as the collector does.
import { detectors } from '../../../detectors/index.ts';
import { openSqliteEventLog } from '../../../services/adapters/event-log/sqlite.ts';
import { createRouter } from '../../../services/collector/host/route.ts';
import { systemClock } from '../../../services/core/clock.ts';
import { some, traffic } from './traffic.ts';

const [path = '', repositories = '', from = '', count = ''] = process.argv.slice(2);
const AT_ONCE = 5_000;

const route = createRouter(detectors);
const log = openSqliteEventLog({ path, clock: systemClock });
const activities = traffic(Number(repositories));
some(activities, Number(from));
for (let left = Number(count); left > 0; left -= AT_ONCE) {
  await log.append('activity', some(activities, Math.min(left, AT_ONCE)).flatMap(route));
}
await log.close();
