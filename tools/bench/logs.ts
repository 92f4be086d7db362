// Text to measure with: the logs of the bundled recording, repeated.
import { openRecording } from '../../services/collector/sample/recording.ts';

/** At least `characters` of build log, in pieces of a job's log each. */
export async function sampleLogs(characters: number): Promise<readonly string[]> {
  const own: string[] = [];
  for await (const { body } of openRecording()) if (typeof body === 'string') own.push(body);
  const logs: string[] = [];
  for (let length = 0, index = 0; length < characters; index++) {
    const log = own[index % own.length] ?? '';
    logs.push(log);
    length += log.length;
  }
  return logs;
}
