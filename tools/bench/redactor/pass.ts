// `node pass.ts VARIANT`: passes of one redactor over the logs, in a process of its own; the best of them, as JSON.
import { benchLogs } from '../logs.ts';
import { variants } from './variants.ts';

const PIECE = 64 * 1024;
const PASSES = 2;

const [name = ''] = process.argv.slice(2);
const redactor = variants[name]?.();
const { logs } = await benchLogs();
let seconds = Number.POSITIVE_INFINITY;
let processor = Number.POSITIVE_INFINITY;
let matches = 0;
// The first one is there to warm up.
for (let pass = 0; redactor && pass <= PASSES; pass++) {
  const started = performance.now();
  const used = process.cpuUsage();
  matches = 0;
  for (const log of logs) {
    const stream = redactor.stream();
    for (let from = 0; from < log.length; from += PIECE) stream.push(log.subarray(from, from + PIECE));
    stream.end();
    matches += stream.drain().length;
  }
  const { user, system } = process.cpuUsage(used);
  if (pass === 0) continue;
  seconds = Math.min(seconds, (performance.now() - started) / 1000);
  processor = Math.min(processor, (user + system) / 1e6);
}
process.stdout.write(JSON.stringify({ seconds, processor, matches }));
