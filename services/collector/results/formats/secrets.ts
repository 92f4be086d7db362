// Reports of scanners for secrets: TruffleHog's lines, Gitleaks' list, git-secrets' text.
import { isObject } from '../../../core/json.ts';
import { known } from '../../fields.ts';
import { bounded, type Format, groupsOf, invalid, scannedBy } from '../report.ts';

/** `--json`: one finding a line, and nothing for a scan that found none. */
export const trufflehog: Format = {
  places: true,
  is: (_text, value) => isObject(value) && 'DetectorName' in value && 'SourceMetadata' in value,
  scans(text, values, context) {
    if (values.length === 0 && text.trim() !== '') throw invalid('it is none of TruffleHog: its lines are no JSON');
    // Of an organization, each finding says itself where it is.
    const by = context.repository === undefined ? undefined : scannedBy('TruffleHog', context);
    return [known({ by, bodies: bounded(values.flat()) })];
  },
};

export const gitleaks: Format = {
  is: (_text, value) => Array.isArray(value) && isObject(value[0]) && 'RuleID' in value[0] && 'File' in value[0],
  scans(_text, [value], context) {
    // Without a finding it writes an empty list; versions before 8 wrote null.
    const rows = value === null ? [] : value;
    if (!Array.isArray(rows)) throw invalid('it is none of Gitleaks: it is no list');
    return [{ by: scannedBy('Gitleaks', context), bodies: groupsOf(bounded(rows)) }];
  },
};

/** What it prints; nothing where it found nothing. */
export const gitSecrets: Format = {
  is: (text) => /^\[ERROR\] Matched one or more prohibited patterns$/m.test(text.slice(-4_000)),
  scans(text, _values, context) {
    const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
    return [{ by: scannedBy('git-secrets', context), bodies: bounded(lines.filter((line) => line !== '')) }];
  },
};
