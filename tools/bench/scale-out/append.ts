// `node append.ts BROKER PREFIX REPOSITORIES FROM COUNT`: appends traffic as a collector does, and says how fast.
import { detectors } from '../../../detectors/index.ts';
import { createRouter } from '../../../services/collector/host/route.ts';
import { some, traffic } from '../analyzer/traffic.ts';
import { openBenchLog } from './place.ts';

const [broker = '', prefix = '', repositories = '', from = '', count = ''] = process.argv.slice(2);
const AT_ONCE = 1_000;

const route = createRouter(detectors);
const log = await openBenchLog(broker, prefix);
const activities = traffic(Number(repositories));
some(activities, Number(from));
const started = performance.now();
for (let left = Number(count); left > 0; left -= AT_ONCE) {
  await log.append('activity', some(activities, Math.min(left, AT_ONCE)).flatMap(route));
}
const seconds = (performance.now() - started) / 1000;
await log.close();
process.stdout.write(JSON.stringify({ seconds }));
