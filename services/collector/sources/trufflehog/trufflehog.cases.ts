// Lines of `trufflehog … --json`, in the form of the README and of `pkg/output/json.go`; what stands for a secret is none.
import type { SourceCase } from '../../source-case.ts';

const README = 'https://github.com/trufflesecurity/trufflehog#1-scan-a-repo-for-only-verified-secrets';
const FORMAT = 'https://github.com/trufflesecurity/trufflehog/blob/main/pkg/output/json.go';
const METADATA = 'https://github.com/trufflesecurity/trufflehog/blob/main/proto/source_metadata.proto';
const commit = 'fbc14303ffbf8fb1c2c1914e8dda7d0121633aca';

function line(data: object, more: object = {}): object {
  return {
    SourceMetadata: { Data: data },
    SourceID: 1,
    SourceType: 16,
    SourceName: 'trufflehog - git',
    DetectorType: 17,
    DetectorName: 'URI',
    DetectorDescription: 'This detector identifies URLs with embedded credentials.',
    DecoderName: 'PLAIN',
    Verified: true,
    Raw: 'three plain words',
    RawV2: 'three plain words and more',
    Redacted: 'three ***** words',
    ExtraData: null,
    StructuredData: null,
    ...more,
  };
}

export const cases: readonly SourceCase[] = [
  {
    name: 'a secret in a commit works',
    reference: README,
    record: {
      body: line({
        Git: {
          commit,
          file: 'keys',
          email: 'counter <counter@example.org>',
          repository: 'https://github.com/acme/test_keys',
          timestamp: '2022-06-16 17:17:40 +0000 UTC',
          line: 4,
        },
      }),
    },
    drafts: [
      {
        kind: 'alert',
        native_type: 'secret',
        vcs: { repository: { name: 'acme/test_keys' }, ref: { head: { revision: commit } } },
        detail: {
          action: 'found',
          tool: 'TruffleHog',
          rule: 'URI',
          title: 'This detector identifies URLs with embedded credentials.',
          location: { path: 'keys', line: 4 },
          verified: true,
        },
      },
    ],
  },
  {
    name: 'one on GitHub does not',
    reference: METADATA,
    record: {
      body: line(
        { Github: { repository: 'https://github.com/acme/shop.git', commit, file: '.env', line: 1, visibility: 1 } },
        { Verified: false },
      ),
    },
    drafts: [
      {
        kind: 'alert',
        vcs: { repository: { name: 'acme/shop' } },
        detail: { location: { path: '.env', line: 1 }, verified: false },
      },
    ],
  },
  {
    name: 'whether it works could not be found out',
    reference: FORMAT,
    record: {
      repository: 'acme/shop',
      body: line(
        { Filesystem: { file: '/src/.npmrc', line: 2 } },
        { Verified: false, VerificationError: 'i/o timeout' },
      ),
    },
    drafts: [
      {
        kind: 'alert',
        vcs: { repository: { name: 'acme/shop' } },
        detail: { rule: 'URI', location: { path: '/src/.npmrc', line: 2 } },
      },
    ],
  },
  {
    name: 'in a layer of an image',
    reference: METADATA,
    record: { body: line({ Docker: { file: '/app/.env', image: 'acme/app', layer: 'sha256:0a0a', tag: 'latest' } }) },
    drafts: [{ kind: 'alert', detail: { location: { path: '/app/.env' } } }],
  },
  {
    name: 'in a build log; whether it works is no answer',
    reference: METADATA,
    record: {
      body: line(
        { TravisCI: { repository: 'acme/shop', build_number: '7', link: 'https://ci.example/builds/7' } },
        { Verified: 'yes' },
      ),
    },
    drafts: [{ kind: 'alert', detail: { location: { path: 'https://ci.example/builds/7' } } }],
    notes: ['Verified: expected true or false, found text'],
  },
];
