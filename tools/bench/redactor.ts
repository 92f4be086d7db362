// The redactor over build logs: whole texts, and as a stream in pieces of 64 KiB.
import { createRedactor } from '../../services/redactor/engine.ts';
import { sampleLogs } from './logs.ts';

const MEGABYTES = 64;
const PIECE = 64 * 1024;

export async function redactorRows(): Promise<readonly (readonly string[])[]> {
  const logs = await sampleLogs(MEGABYTES * 1e6);
  const redactor = createRedactor({ key: new Uint8Array(32) });
  const rate = (work: () => void) => {
    const started = performance.now();
    work();
    const seconds = (performance.now() - started) / 1000;
    return (logs.reduce((sum, log) => sum + log.length, 0) / 1e6 / seconds).toFixed(0);
  };
  const whole = () => {
    for (const log of logs) redactor.text(log);
  };
  const stream = () => {
    for (const log of logs) {
      const into = redactor.stream();
      for (let from = 0; from < log.length; from += PIECE) into.push(log.slice(from, from + PIECE));
      into.end();
    }
  };
  whole();
  return [
    ['input', 'MB/s'],
    ['whole logs', rate(whole)],
    ['streams', rate(stream)],
  ];
}
