// An export request before redaction: attributes by their names, and the lines of a job's log as one text, since a key that
// is printed over several lines is a secret in no line alone.
import { isObject } from '../../../../core/json.ts';
import { hasAny, plainAttributes, plainValue } from './attributes.ts';

/** From a request down to an event of a span: `resourceSpans[].scopeSpans[].spans[].events[]`. */
const DEEPEST = 10;

/** What is unpacked already stays as it is. */
export function unpack(body: unknown): unknown {
  return plain(body, 0);
}

function plain(value: unknown, depth: number): unknown {
  if (depth > DEEPEST) return value;
  if (Array.isArray(value)) return value.map((each) => plain(each, depth + 1));
  if (!isObject(value)) return value;
  const around = isObject(value.resource) ? plainAttributes(value.resource.attributes) : undefined;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]): [string, unknown] => {
      if (key === 'attributes') return [key, plainAttributes(inner)];
      if (key === 'body') return [key, plainValue(inner)];
      const unpacked = plain(inner, depth + 1);
      return [
        key,
        key === 'scopeLogs' && Array.isArray(unpacked) ? unpacked.map((each) => joined(each, around)) : unpacked,
      ];
    }),
  );
}

/** Which job a log record belongs to; of a text that belongs to none, each is its own. */
export const JOB = ['cicd.pipeline.run.id', 'cicd.pipeline.task.run.id', 'cicd.pipeline.task.name'];

/** The records of one instrument with those of one job as one, where the first of them stood. */
function joined(scope: unknown, around: unknown): unknown {
  if (!isObject(scope) || !Array.isArray(scope.logRecords)) return scope;
  const records: unknown[] = [];
  const jobs = new Map<string, { readonly record: Record<string, unknown>; readonly lines: string[] }>();
  for (const record of scope.logRecords) {
    const job = isObject(record) && typeof record.body === 'string' ? jobOf(record, around) : undefined;
    const known = job === undefined ? undefined : jobs.get(job);
    if (known) known.lines.push(record.body);
    else if (job === undefined) records.push(record);
    else {
      const first = { ...record };
      jobs.set(job, { record: first, lines: [record.body] });
      records.push(first);
    }
  }
  for (const { record, lines } of jobs.values()) record.body = lines.join('\n');
  return { ...scope, logRecords: records };
}

function jobOf(record: Record<string, unknown>, around: unknown): string | undefined {
  const attributes = { ...(isObject(around) && around), ...(isObject(record.attributes) && record.attributes) };
  return hasAny(attributes, JOB) ? JSON.stringify(JOB.map((key) => attributes[key])) : undefined;
}
