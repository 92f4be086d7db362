// TruffleHog v3, `--json`: one secret a line, with where it stands and whether it works.
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json } from '../../../core/json.ts';
import { at, flag, known, numeric, text } from '../../fields.ts';
import { firstOf, locationOf, scanned } from '../../findings.ts';
import { repositoryName } from '../../repository-name.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { quotedFingerprint } from '../../weakness-ids.ts';

export const trufflehog = defineSource({
  id: 'trufflehog',
  title: 'TruffleHog findings',
  reference: 'https://github.com/trufflesecurity/trufflehog#8-scan-individual-files-or-directories',
  body: 'json',
  identifiers: ['DetectorName', 'commit'],
  // The last three are of versions before 3, whose lines are refused.
  secrets: ['Raw', 'RawV2', 'Redacted', 'SecretParts', 'StructuredData', 'stringsFound', 'printDiff', 'diff'],
  normalize,
  // A finding carries the time of the commit, none of its own.
  time: () => undefined,
});

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const found = record.body;
  if (!isObject(found) || !Object.hasOwn(found, 'DetectorName')) {
    throw new PipewardenError('RECORD_INVALID', { source: record.source, problem: 'the body is no finding' });
  }
  const place = placeOf(found);
  const repository = repositoryName(text(place, 'repository')) ?? record.repository;
  return [
    known({
      kind: 'alert',
      native_type: 'secret',
      vcs: scanned(repository, { revision: text(place, 'commit') }),
      detail: known({
        action: 'found',
        tool: 'TruffleHog',
        rule: text(found, 'DetectorName'),
        title: text(found, 'DetectorDescription'),
        location: locationOf(firstOf(place, 'file', 'filename', 'link', 'image'), numeric(place, 'line')),
        verified: verifiedOf(found),
        secret: quotedFingerprint(text(found, 'Raw')),
      }),
    }),
  ];
}

/** `SourceMetadata.Data` has one key, the kind of source: `Git`, `Github`, `Filesystem` … */
function placeOf(found: Json): Json | undefined {
  const data = at(found, 'SourceMetadata', 'Data');
  return isObject(data) ? Object.values(data).find(isObject) : undefined;
}

/** Where trying it failed, "not verified" says nothing. */
function verifiedOf(found: Json): boolean | undefined {
  const verified = flag(found, 'Verified');
  return verified === false && text(found, 'VerificationError') !== undefined ? undefined : verified;
}
