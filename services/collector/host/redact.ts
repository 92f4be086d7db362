// Redaction of a whole record. Nothing after this sees a secret.
import { isObject } from '../../core/json.ts';
import type { Redactor, SpecialFields } from '../../redactor/redactor.ts';
import { known } from '../fields.ts';
import { exposureIn } from '../log/exposure.ts';
import type { RedactedRecord, Source, SourceRecord } from '../source.ts';
import { tokenHashes } from './token-hashes.ts';

interface Names {
  readonly identifiers: ReadonlySet<string>;
  readonly fields: SpecialFields;
}

const NO_NAMES: Names = { identifiers: new Set(), fields: {} };
const names = new WeakMap<Source, Names>();

/** The body, and the names that came around it: a secret may stand in a job's name too. */
export function redact(record: SourceRecord, source: Source | undefined, redactor: Redactor): RedactedRecord {
  const {
    body,
    event,
    repository,
    run_id,
    job,
    organization,
    pipeline,
    part,
    report,
    input,
    sample,
    history,
    received_at,
  } = record;
  // What ends a report is ours, and nothing of its source's form.
  const { value, redactions, exposure } = redactBody(body, report?.end ? undefined : source, redactor);
  const clean = (name: string | undefined) => (name === undefined ? undefined : redactor.text(name).value);
  const place = {
    event: clean(event),
    repository: clean(repository),
    run_id: clean(run_id),
    job: clean(job),
    organization: clean(organization),
    pipeline: clean(pipeline),
  };
  const called = redactor.text(record.source).value;
  const told = report && {
    ...report,
    ...known({ category: clean(report.category), revision: clean(report.revision), branch: clean(report.branch) }),
  };
  return known({
    source: called,
    received_at,
    part,
    input,
    sample,
    history,
    ...place,
    report: told,
    body: value,
    redactions,
    exposure,
    tokens: source && tokenHashes(source.id, body, redactor),
  });
}

function redactBody(sent: unknown, source: Source | undefined, redactor: Redactor) {
  const content = source === undefined || source.body === 'json' ? unpacked(sent) : sent;
  const body = source?.unpack ? source.unpack(content) : content;
  if (typeof body === 'string' && source?.body === 'log') return redactLog(body, redactor);
  const inert = { exposure: undefined };
  if (typeof body === 'string' && source?.body === 'text') return { ...redactor.text(body), ...inert };
  const { identifiers, fields } = source ? namesOf(source) : NO_NAMES;
  return { ...redactor.json(body, identifiers, fields), ...inert };
}

function redactLog(body: string, redactor: Redactor) {
  const { value, redactions, encoded } = redactor.text(body);
  return { value, redactions, exposure: exposureIn(value, encoded) };
}

function namesOf(source: Source): Names {
  const found = names.get(source) ?? {
    identifiers: new Set(source.identifiers),
    fields: { credentials: new Set(source.credentials ?? []), secrets: new Set(source.secrets ?? []) },
  };
  names.set(source, found);
  return found;
}

/** Some shippers send JSON as text within JSON. Unpacked before redaction, so that fields are seen by their names. */
function unpacked(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    const inner: unknown = JSON.parse(body);
    return isObject(inner) || Array.isArray(inner) ? inner : body;
  } catch {
    return body;
  }
}
