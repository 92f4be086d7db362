// The first thing a new user sees: the bundled recording is what its generator writes, tells the attack, and holds no secret.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openRecording } from '../../services/collector/sample/recording.ts';
import { expandSecrets, secretValue } from '../../services/collector/sample/secrets.ts';
import type { SourceRecord } from '../../services/collector/source.ts';
import { isObject } from '../../services/core/json.ts';
import { sampleIsCurrent, sampleText } from '../../tools/sample/generate.ts';

const ATTACK_DAY = Date.UTC(2026, 3, 1);
const STOLEN = secretValue('github-pat', 'mara-release');
const text = sampleText();
const records: SourceRecord[] = [];
for await (const record of openRecording()) records.push(record);

function body(record: SourceRecord): Record<string, unknown> {
  return isObject(record.body) ? record.body : {};
}

function from(source: string, matches: (body: Record<string, unknown>) => boolean = () => true): SourceRecord[] {
  return records.filter((record) => record.source === source && matches(body(record)));
}

function logsWith(words: string): SourceRecord[] {
  return records.filter((record) => record.source === 'github.job-log' && String(record.body).includes(words));
}

/** Hour and signature of each commit that carries mara's name, in the order of arrival. */
function commitsOfMara() {
  return from('git').flatMap((record) => {
    const { author, signature, paths } = body(record);
    if (!isObject(author) || author.name !== 'Mara Lindqvist') return [];
    return [
      { hour: Number(String(author.date).slice(11, 13)), offset: String(author.date).slice(19), signature, paths },
    ];
  });
}

describe('the file', () => {
  it('is what the generator writes today', () => {
    expect(sampleIsCurrent()).toBe(true);
  });

  it('holds the names of secrets, and nothing that looks like one', () => {
    const prefixes = ['gh[pousr]_', 'github_pat_', 'npm_', 'glpat-', 'AKIA', 'xox[abprs]-'];
    expect(text).not.toMatch(new RegExp(`(?:${prefixes.join('|')})[A-Za-z0-9]{10}`));
    expect(text).not.toMatch(/PRIVATE KEY/);
    expect(text.match(/\{\{secret:[^}]+\}\}/g)?.length).toBe(3);
  });
});

describe('reading it', () => {
  it('gives every record in the order of arrival, with its line, marked as sample', () => {
    expect(records.length).toBeGreaterThan(6000);
    expect(records.map((record) => record.input)).toEqual(records.map((_, index) => `sample:${index + 1}`));
    expect(records.every((record) => record.sample)).toBe(true);
    const times = records.map((record) => record.received_at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(new Set(records.map((record) => record.source))).toEqual(
      new Set(['git', 'github.audit', 'github.job-log', 'github.webhook']),
    );
  });

  it('says for each log which job of which run wrote it, and for each webhook its event', () => {
    for (const { repository, run_id, job } of from('github.job-log')) {
      expect([repository, run_id, job]).toEqual([
        expect.stringMatching(/^lumen-works\//),
        expect.any(String),
        expect.any(String),
      ]);
    }
    expect(from('github.webhook').every((record) => record.event !== undefined)).toBe(true);
  });

  it('puts secrets of the right form in place of their names', () => {
    expect(JSON.stringify(records)).not.toContain('{{');
    expect(logsWith(STOLEN)).toHaveLength(1);
    expect(STOLEN).toMatch(/^gh[p]_[A-Za-z0-9]{36}$/);
    expect(secretValue('npm-token', 'a')).toMatch(/^np[m]_[A-Za-z0-9]{36}$/);
    expect(expandSecrets('{{secret:github-pat:mara-release}} {{secret:unknown:a}}')).toBe(
      `${STOLEN} {{secret:unknown:a}}`,
    );
  });
});

describe('its story', () => {
  it('knows mara well: many signed commits in her working hours, never a workflow, until the last one', () => {
    const commits = commitsOfMara();
    const last = commits.pop();
    expect(commits.length).toBeGreaterThanOrEqual(80);
    expect(commits.every(({ hour, offset }) => hour >= 9 && hour < 19 && offset === '+08:00')).toBe(true);
    expect(commits.every(({ signature }) => signature === 'good')).toBe(true);
    expect(JSON.stringify(commits)).not.toContain('.github/workflows');
    expect(last).toEqual({ hour: 3, offset: '+08:00', signature: 'none', paths: ['.github/workflows/cache-sync.yml'] });
  });

  it('shows her token abroad only after it stood in a log', () => {
    const hashed = createHash('sha256').update(STOLEN).digest('base64');
    const uses = from('github.audit', (entry) => entry.hashed_token === hashed);
    const abroad = uses.filter((record) => body(record).actor_ip === '203.0.113.199');
    const leaked = logsWith(STOLEN)[0]?.received_at ?? Number.POSITIVE_INFINITY;
    expect(uses.length).toBeGreaterThan(200);
    expect(abroad.map((record) => body(record).action).toSorted()).toEqual([
      'api.request',
      'api.request',
      'api.request',
      'git.clone',
      'git.push',
      'protected_branch.destroy',
    ]);
    expect(abroad.every((record) => record.received_at > leaked)).toBe(true);
  });

  it('meets the new host in two runs of the last day, and nowhere before', () => {
    const logs = logsWith('drop.sandbin.example');
    expect(logs.map(({ repository, job }) => [repository, job])).toEqual([
      ['lumen-works/storefront', 'publish'],
      ['lumen-works/storefront', 'sync'],
    ]);
    expect(logs.every((record) => record.received_at > ATTACK_DAY)).toBe(true);
  });

  it('sees the action resolve to another commit from the night before on', () => {
    const found = logsWith('pixel-tools/changed-paths@v3').map((record) => {
      const resolved = /changed-paths@v3' \(SHA:([0-9a-f]{40})\)/.exec(String(record.body))?.[1];
      return { resolved, moved: record.received_at > ATTACK_DAY + 125 * 60_000 };
    });
    const before = new Set(found.filter(({ moved }) => !moved).map(({ resolved }) => resolved));
    const after = new Set(found.filter(({ moved }) => moved).map(({ resolved }) => resolved));
    expect([before.size, after.size, new Set([...before, ...after]).size]).toEqual([1, 1, 2]);
  });

  it('fetches fonts from their host on main only once the change that brought it was merged', () => {
    const merged = from('github.webhook', ({ action, pull_request: change }) => {
      return action === 'closed' && isObject(change) && String(change.title).startsWith('Fetch fonts');
    })[0]?.received_at;
    const onOtherBranches = logsWith('+ curl -fL https://cdn.fontkit.example').filter(
      (record) => !String(record.body).includes('origin/tilde/pipeline-15'),
    );
    expect(merged).toBeLessThan(onOtherBranches[0]?.received_at ?? 0);
  });

  it('ends with the incident', () => {
    const pushes = records.filter((record) => record.event === 'push');
    expect(JSON.stringify(pushes.at(-1))).toContain('.github/workflows/cache-sync.yml');
    expect(records.at(-1)?.received_at).toBeLessThan(Date.UTC(2026, 3, 1, 20, 30));
  });
});
