// Several tools tell of one flaw, again and again, while the code moves under it.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { codeql, type Place, sarifOf, semgrep, snippets, sonar } from '../../collector/results/reports.ts';
import { startTelling, type TellingTest } from './telling.ts';

const SEARCH: Place = { path: 'src/search.ts', line: 41, code: 'db.query(`select ${name}`)' };
const CART: Place = { path: 'src/search.ts', line: 52, code: 'db.query(`select ${cart}`)' };
const moved = (place: Place, by: number): Place => ({ ...place, line: (place.line ?? 0) + by });

let telling: TellingTest;
beforeEach(async () => {
  telling = await startTelling();
});
afterEach(() => telling.close());

describe('the same flaw', () => {
  test('told by Semgrep, CodeQL and SonarQube is one weakness', async () => {
    await telling.report(semgrep([SEARCH]));
    await telling.report(codeql([SEARCH]), { days: 1 });
    await telling.report(sonar([SEARCH]), { days: 2 });
    expect(telling.told()).toEqual(['open src/search.ts:41 CodeQL, Semgrep OSS, SonarQube']);
    expect(telling.weaknesses()[0]).toMatchObject({
      repository: 'acme/shop',
      kinds: ['CWE-89'],
      severity: 'critical',
      first_seen: '2026-03-02T10:00:00.000Z',
      last_seen: '2026-03-04T10:00:00.000Z',
      times: 3,
      runs: ['3', '2', '1'],
    });
  });

  test('is met under another name of its kind, by words alone, and below another checkout', async () => {
    await telling.report(codeql([SEARCH], 'external/cwe/cwe-564'));
    await telling.report(sarifOf('Words', 'lang.sql-injection', [], [SEARCH]));
    await telling.report(semgrep([{ ...SEARCH, path: '/home/runner/work/shop/shop/src/search.ts' }]));
    await telling.report('Title,Severity,CWE,Path,Line\nInjection,High,89,./src/search.ts,41\n', { source: 'pentest' });
    expect(telling.told()).toEqual(['open src/search.ts:41 CodeQL, Semgrep OSS, Words, penetration test']);
  });

  test('in other lines, of another kind, or in another repository is another', async () => {
    await telling.report(semgrep([SEARCH, CART]));
    await telling.report(semgrep([SEARCH], 'CWE-79: XSS'), { category: 'xss' });
    expect(telling.weaknesses()).toHaveLength(3);
    await telling.report(semgrep([SEARCH]), { repository: 'acme/other' });
    expect(telling.weaknesses().map(({ repository }) => repository)).toContain('acme/other');
    expect(telling.weaknesses()).toHaveLength(4);
  });

  test('goes with its line where the tool knows it again, or quotes it, and takes the other tools along', async () => {
    await telling.report(codeql([SEARCH, CART]));
    await telling.report(snippets([SEARCH, CART]));
    await telling.report(semgrep([SEARCH, CART]));
    const before = telling.weaknesses().map(({ id }) => id);
    // Eleven lines more above: the first stands where the second stood.
    const after = [moved(SEARCH, 11), moved(CART, 11)];
    for (const report of [codeql(after), snippets(after), semgrep(after)]) await telling.report(report, { days: 1 });
    expect(telling.weaknesses().map(({ id }) => id)).toEqual(before);
    expect(telling.told()).toEqual([
      'open src/search.ts:52 CodeQL, Quoter, Semgrep OSS',
      'open src/search.ts:63 CodeQL, Quoter, Semgrep OSS',
    ]);
  });

  test('meets again when the tool that goes by lines came first', async () => {
    await telling.report(codeql([SEARCH]));
    await telling.report(semgrep([SEARCH]));
    await telling.report(semgrep([moved(SEARCH, 1)]), { days: 1 });
    expect(telling.weaknesses()).toHaveLength(2);
    await telling.report(codeql([moved(SEARCH, 1)]), { days: 1 });
    expect(telling.weaknesses()).toHaveLength(1);
    expect(telling.weaknesses()[0]).toMatchObject({ state: 'open', first_seen: '2026-03-02T10:00:00.000Z' });
  });

  test('twice in the same code is two, and each goes to the nearest', async () => {
    const twin = { ...CART, code: SEARCH.code ?? '' };
    await telling.report(snippets([SEARCH, twin]));
    const before = telling.weaknesses().map(({ id }) => id);
    await telling.report(snippets([moved(SEARCH, 3), moved(twin, 3)]));
    expect(telling.weaknesses().map(({ id }) => id)).toEqual(before);
    expect(telling.told()).toEqual(['open src/search.ts:44 Quoter', 'open src/search.ts:55 Quoter']);
  });
});

describe('a secret', () => {
  const row = { RuleID: 'r', File: 'deploy.sh', StartLine: 3, Secret: 'three plain words' };
  test('is one wherever it stands, whoever found it; another in the same line is another', async () => {
    await telling.report([row, { ...row, File: 'other.sh' }], { source: 'gitleaks' });
    const found = {
      SourceMetadata: { Data: { Git: { file: 'deploy.sh', line: 3 } } },
      DetectorName: 'URI',
      Verified: true,
    };
    await telling.report(JSON.stringify({ ...found, Raw: row.Secret }), { source: 'trufflehog' });
    expect(telling.told()).toEqual(['open deploy.sh:3 Gitleaks, TruffleHog']);
    expect(telling.weaknesses()[0]).toMatchObject({ severity: 'critical', verified: true });
    await telling.report([{ ...row, Secret: 'three other words' }], { source: 'gitleaks', category: 'more' });
    expect(telling.weaknesses()).toHaveLength(2);
  });

  test('is met by a tool that tells only the line', async () => {
    await telling.report(sarifOf('CodeQL', 'js/hardcoded', ['external/cwe/cwe-259'], [{ path: 'deploy.sh', line: 3 }]));
    await telling.report([row], { source: 'gitleaks' });
    await telling.report('deploy.sh:3:x = three plain words\n', { source: 'git-secrets' });
    expect(telling.told()).toEqual(['open deploy.sh:3 CodeQL, Gitleaks, git-secrets']);
  });
});

test('a vulnerability of a package is one, whichever lockfile and id tell it', async () => {
  const trivy = sarifOf('Trivy', 'CVE-2026-0001', ['vulnerability'], [{ path: 'package-lock.json', line: 1 }], () => ({
    message: { text: 'Package: left-pad\nInstalled Version: 1.0.0\nFixed Version: 1.0.1\n' },
  }));
  const snyk = sarifOf('Snyk', 'SNYK-JS-LEFTPAD-1', ['CWE-1321'], [{ path: 'package.json', line: 1 }]);
  Object.assign(Object(snyk).runs[0].tool.driver.rules[0], {
    fullDescription: { text: '(CVE-2026-0001) left-pad@1.0.0' },
  });
  Object.assign(Object(snyk).runs[0].results[0].locations[0], {
    logicalLocations: [{ fullyQualifiedName: 'left-pad@1.0.0' }],
  });
  const other = sarifOf('Trivy', 'CVE-2026-0001', [], [{ path: 'package-lock.json', line: 1 }], () => ({
    message: { text: 'Package: right-pad\nInstalled Version: 1.0.0\n' },
  }));
  await telling.report(trivy);
  await telling.report(snyk);
  await telling.report(other, { category: 'other' });
  expect(telling.weaknesses().map(({ package: of, tellings }) => [of?.name, tellings.map(({ tool }) => tool)])).toEqual(
    [
      ['left-pad', ['Snyk', 'Trivy']],
      ['right-pad', ['Trivy']],
    ],
  );
});

describe('in its time', () => {
  test('it is fixed when every tool that told it has a complete report without it, and reopened when it comes back', async () => {
    await telling.report(semgrep([SEARCH, CART]));
    await telling.report(codeql([SEARCH]));
    await telling.report(semgrep([CART]), { days: 1 });
    expect(telling.told()[0]).toBe('open src/search.ts:41 CodeQL, Semgrep OSS (fixed)');
    await telling.report(codeql([]), { days: 2, complete: false });
    expect(telling.told()[0]).toContain('open');
    await telling.report(codeql([]), { days: 3 });
    expect(telling.told()).toEqual([
      'fixed src/search.ts:41 CodeQL (fixed), Semgrep OSS (fixed)',
      'open src/search.ts:52 Semgrep OSS',
    ]);
    expect(telling.weaknesses()[0]?.fixed).toBe('2026-03-05T10:00:00.000Z');
    await telling.report(semgrep([SEARCH, CART]), { days: 4 });
    expect(telling.told()[0]).toContain('reopened');
    expect(telling.weaknesses()[0]).not.toHaveProperty('fixed');
  });

  test('reports of other branches and categories leave it as it is', async () => {
    await telling.report(semgrep([SEARCH]), { branch: 'main', category: 'shop' });
    await telling.report(semgrep([]), { branch: 'feature', category: 'shop' });
    await telling.report(semgrep([]), { branch: 'main', category: 'tools' });
    expect(telling.told()).toEqual(['open src/search.ts:41 Semgrep OSS']);
    await telling.report(semgrep([]), { branch: 'main', category: 'shop' });
    expect(telling.told()[0]).toContain('fixed');
  });

  test('the same report again changes nothing, even after newer ones; nor does a restart', async () => {
    await telling.report(semgrep([SEARCH]), { run_id: '1' });
    await telling.report(semgrep([]), { run_id: '2', days: 1 });
    const before = telling.weaknesses();
    telling.restart();
    await telling.report(semgrep([SEARCH]), { run_id: '1', days: 2 });
    expect(telling.weaknesses()).toEqual(before);
    await telling.report(semgrep([SEARCH]), { run_id: '3', days: 3 });
    expect(telling.weaknesses()).toHaveLength(1);
    expect(telling.told()[0]).toContain('reopened');
  });

  test('what was set aside in the code is suppressed, until a tool tells it plainly', async () => {
    const aside = sarifOf('Semgrep OSS', 'sqli', ['CWE-89'], [SEARCH], () => ({
      suppressions: [{ kind: 'inSource' }],
    }));
    await telling.report(aside);
    expect(telling.told()[0]).toMatch(/^suppressed/);
    await telling.report(codeql([SEARCH]));
    expect(telling.told()[0]).toMatch(/^open/);
  });

  test('a report that was cut off, and then sent again, is told once', async () => {
    await telling.report(semgrep([SEARCH, CART]), { interrupted: true });
    expect(telling.weaknesses().map(({ state, times }) => [state, times])).toEqual([
      ['open', 1],
      ['open', 1],
    ]);
  });
});

describe('first comes', () => {
  const priorityOf = () => telling.weaknesses().map(({ priority, reasons }) => `${priority}: ${reasons.join('; ')}`);

  test('what was deployed lately', async () => {
    await telling.report(codeql([SEARCH]));
    expect(priorityOf()).toEqual([
      'high: CodeQL rates it high (8.8); nothing tells that it is exploited, deployed or can be reached',
    ]);
    const repository = { full_name: 'acme/shop', visibility: 'private' };
    const deployment = { id: 1, environment: 'production', ref: 'main', sha: 'a'.repeat(40) };
    const deployment_status = { state: 'success', environment: 'production' };
    const body = { action: 'created', deployment, deployment_status, repository };
    await telling.records({ source: 'github.webhook', event: 'deployment_status', body });
    expect(priorityOf()).toEqual([
      'critical: CodeQL rates it high (8.8); the repository was deployed to production on 2026-03-02',
    ]);
    telling.restart();
    await telling.report(codeql([SEARCH]), { days: 40 });
    expect(priorityOf()[0]).toMatch(/^high/);
  });

  test('what is exploited, what was found from outside, and a secret that works', async () => {
    await telling.report(
      'title,severity,cve,kev,url\nOld library,medium,CVE-2026-0001,yes,https://shop.example/login?x=1\n',
      {
        source: 'pentest',
      },
    );
    expect(priorityOf()).toEqual([
      'critical: penetration test rates it medium; it is known to be exploited; it was found from outside',
    ]);
  });
});

test('no more than so many are followed: what is fixed makes room, what is open does not', async () => {
  const small = await startTelling(3);
  try {
    const places = Array.from({ length: 5 }, (_, line) => ({ path: 'a.ts', line: line + 1 }));
    await small.report(semgrep(places.slice(0, 3)));
    await small.report(semgrep(places.slice(1, 4)), { days: 1 });
    expect(small.told()).toEqual([
      'fixed a.ts:1 Semgrep OSS (fixed)',
      'open a.ts:2 Semgrep OSS',
      'open a.ts:3 Semgrep OSS',
    ]);
    small.restart();
    await small.report(semgrep(places.slice(1, 5)), { days: 2 });
    expect(small.told().slice(1)).toEqual([2, 3, 4].map((line) => `open a.ts:${line} Semgrep OSS`));
  } finally {
    await small.close();
  }
});
