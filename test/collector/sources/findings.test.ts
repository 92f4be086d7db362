// Reports of scanners: what they quote is never kept, and a huge one does not become a flood.
import { expect, test } from 'vitest';
import { MOST_FINDINGS } from '../../../services/collector/findings.ts';
import { redact } from '../../../services/collector/host/redact.ts';
import type { Source } from '../../../services/collector/source.ts';
import { gitSecrets } from '../../../services/collector/sources/git-secrets/git-secrets.ts';
import { gitleaks } from '../../../services/collector/sources/gitleaks/gitleaks.ts';
import { pentest } from '../../../services/collector/sources/pentest/pentest.ts';
import { sarif } from '../../../services/collector/sources/sarif/sarif.ts';
import { trufflehog } from '../../../services/collector/sources/trufflehog/trufflehog.ts';
import { zap } from '../../../services/collector/sources/zap/zap.ts';
import { createRedactor } from '../../../services/redactor/engine.ts';
import { NOW, startCollecting } from '../collecting.ts';

/** Nothing that a pattern would know. */
const QUOTED = 'plain words between quotes';

const REPORTS: readonly (readonly [string, unknown])[] = [
  [gitleaks.id, [{ RuleID: 'r', File: 'a', Secret: QUOTED, Match: `x = ${QUOTED}`, Fragment: { Raw: QUOTED } }]],
  [
    trufflehog.id,
    {
      DetectorName: 'URI',
      Verified: true,
      Raw: QUOTED,
      RawV2: QUOTED,
      Redacted: QUOTED,
      StructuredData: { ssh: [{ user: QUOTED }] },
      SecretParts: { password: QUOTED, half: QUOTED },
    },
  ],
  [
    sarif.id,
    {
      runs: [
        {
          tool: { driver: { name: 't' } },
          results: [
            {
              message: { text: 'found' },
              locations: [{ physicalLocation: { region: { snippet: { text: QUOTED } } } }],
              fixes: [{ artifactChanges: [{ replacements: [{ insertedContent: { text: QUOTED } }] }] }],
            },
          ],
        },
      ],
    },
  ],
  [zap.id, { site: [{ alerts: [{ name: 'n', instances: [{ uri: 'u', evidence: QUOTED, otherinfo: QUOTED }] }] }] }],
  [pentest.id, { title: 'Default login', evidence: QUOTED, proof: { text: QUOTED } }],
  [gitSecrets.id, `src/a.py:3:${QUOTED}`],
  // What is refused is kept too, as a dead letter: rows of older versions.
  [gitleaks.id, [{ rule: 'r', offender: QUOTED, line: `x = ${QUOTED}` }]],
  [gitSecrets.id, QUOTED],
  [trufflehog.id, { reason: 'r', stringsFound: [QUOTED], diff: QUOTED, printDiff: QUOTED }],
];

test('nothing that a scanner quotes is kept anywhere', async () => {
  const collecting = await startCollecting();
  try {
    const records = REPORTS.map(([source, body]) => ({ source, body, received_at: NOW }));
    // A shipper may send the report as text.
    const texts = records.map((record) => ({ ...record, body: JSON.stringify(record.body) }));
    await collecting.collector.ingest([...records, ...texts]);
    const kept = JSON.stringify([await collecting.entries(), await collecting.letters()]);
    expect(kept).toContain('[redacted:secret-value:');
    expect(kept).not.toContain(QUOTED);
  } finally {
    await collecting.close();
  }
});

test('the same secret has the same fingerprint, whichever scanner found it; what a scanner has hidden has none', () => {
  const redactor = createRedactor({ key: new Uint8Array(32) });
  const secretOf = (source: Source, body: unknown) =>
    source
      .normalize(redact({ source: source.id, received_at: NOW, body }, source, redactor))
      .map((draft) => (draft.kind === 'alert' ? draft.detail.secret : 'no alert'));
  const row = { RuleID: 'r', File: 'a', StartLine: 1 };
  const inSarif = {
    tool: { driver: { name: 'gitleaks' } },
    results: [{ ruleId: 'r', locations: [{ physicalLocation: { region: { snippet: { text: QUOTED } } } }] }],
  };
  const [first] = secretOf(gitleaks, [{ ...row, Secret: QUOTED }]);
  expect(first).toMatch(/^[0-9a-f]{16}$/);
  expect(secretOf(trufflehog, { DetectorName: 'URI', Raw: QUOTED })).toEqual([first]);
  expect(secretOf(sarif, { runs: [inSarif] })).toEqual([first]);
  expect(secretOf(gitleaks, [{ ...row, Secret: 'REDACTED' }])).toEqual([undefined]);
});

test('of a report with too many findings, the last activity counts the rest', () => {
  const results = Array.from({ length: MOST_FINDINGS + 500 }, (_, index) => ({
    ruleId: `r${index}`,
    message: { text: 'm' },
  }));
  const body = { runs: [{ tool: { driver: { name: 'Big' } }, results }] };
  const record = redact(
    { source: sarif.id, received_at: NOW, body },
    sarif,
    createRedactor({ key: new Uint8Array(32) }),
  );
  const drafts = sarif.normalize(record);
  expect(drafts).toHaveLength(MOST_FINDINGS + 1);
  expect(drafts.at(-1)).toMatchObject({
    kind: 'alert',
    detail: { action: 'more', tool: 'Big', title: '500 more findings in the same report' },
  });
});
