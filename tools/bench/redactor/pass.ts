// `node pass.ts VARIANT`: passes of one redactor over the logs, in a process of its own; the best of them, as JSON.
import { best } from '../best.ts';
import { benchLogs } from '../logs.ts';
import { variants } from './variants.ts';

const PIECE = 64 * 1024;
const PASSES = 2;

const [name = ''] = process.argv.slice(2);
const redactor = variants[name]?.();
const { logs } = await benchLogs();
let matches = 0;
const { seconds, processor } = best(PASSES, () => {
  matches = 0;
  if (!redactor) return;
  for (const log of logs) {
    const stream = redactor.stream();
    for (let from = 0; from < log.length; from += PIECE) stream.push(log.subarray(from, from + PIECE));
    stream.end();
    matches += stream.drain().length;
  }
});
process.stdout.write(JSON.stringify({ seconds, processor, matches }));
