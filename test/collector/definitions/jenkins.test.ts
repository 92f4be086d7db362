// Jenkinsfiles and stored jobs, by cases that follow the pipeline syntax and the plug-ins’ pages in our own words.
import { describe, expect, it } from 'vitest';
import { read, signs, unplaced } from './reading.ts';

const pipeline = (source: string) => read('Jenkinsfile', source);
const job = (source: string) => read('jobs/app/config.xml', source);

describe('a declarative pipeline', () => {
  it('has agents for itself and its stages', () => {
    const text = `pipeline {
  agent none
  stages {
    stage('Build') {
      agent {
        docker {
          image 'maven:3.9'
          label 'linux && docker'
          args '--privileged -v /var/run/docker.sock:/var/run/docker.sock'
        }
      }
      steps { sh 'mvn package' }
    }
    stage('Win') { agent { label 'windows' }
      steps { bat 'build.cmd' } }
  }
}
`;
    const definition = pipeline(text);
    expect(unplaced(definition.runners)).toEqual([
      { job: 'Build', labels: ['linux && docker'] },
      { job: 'Win', labels: ['windows'] },
    ]);
    expect(definition.images).toMatchObject([{ job: 'Build', name: 'maven', tag: '3.9' }]);
    expect(definition.jobs.map(({ name, steps }) => [name, steps])).toEqual([
      ['Build', ['sh']],
      ['Win', ['bat']],
    ]);
    expect(signs(definition)).toEqual(['9 privileged', '9 docker-socket']);
  });

  it('starts by time, by change, by others', () => {
    const text =
      "pipeline { triggers { cron('H 4 * * 1-5')\n pollSCM 'H/5 * * * *'\n upstream(upstreamProjects: 'lib', threshold: x) } }";
    expect(unplaced(pipeline(text).triggers)).toEqual([
      { event: 'cron', filters: ['H 4 * * 1-5'] },
      { event: 'pollSCM', filters: ['H/5 * * * *'] },
      { event: 'upstream', filters: ['lib'] },
    ]);
  });

  it('gets credentials in its environment and around steps', () => {
    const text = `pipeline {
  environment { CLOUD = credentials('cloud-key') }
  stages { stage('Deploy') { steps {
    withCredentials([string(credentialsId: 'deploy', variable: 'TOKEN')]) {
      sh 'curl -H "$TOKEN" https://d.example.com && echo $OTHER_TOKEN'
    }
    sshagent(['git-ssh']) { sh 'git push' }
  } } }
}
`;
    expect(pipeline(text).secrets.map(({ job: stage, name, via }) => [stage, name, via])).toEqual([
      [undefined, 'cloud-key', 'credential'],
      ['Deploy', 'deploy', 'credential'],
      ['Deploy', 'git-ssh', 'credential'],
      ['Deploy', 'OTHER_TOKEN', 'variable'],
    ]);
  });

  it('waits for a person and a condition', () => {
    const text =
      "pipeline { stages { stage('Ship') { when { branch 'main' }\n input { message 'Go?'\n submitter 'ops' }\n steps { input 'Really?' } } } }";
    expect(unplaced(pipeline(text).gates)).toEqual([
      { job: 'Ship', kind: 'condition', detail: 'branch main' },
      { job: 'Ship', kind: 'input', detail: 'message Go? submitter ops' },
      { job: 'Ship', kind: 'input', detail: 'Really?' },
    ]);
  });

  it('takes libraries, repositories, and starts other jobs', () => {
    const text = `@Library('shared@v1.2') _
library identifier: 'other@main', retriever: modernSCM([$class: 'GitSCMSource', remote: 'https://git.example.com/lib.git', credentialsId: 'git'])
pipeline { stages { stage('A') { steps {
  git url: 'https://git.example.com/app.git', branch: 'dev'
  load 'ci/steps.groovy'
  build job: 'release', wait: false
} } } }
`;
    expect(pipeline(text).uses.map(({ kind, name, ref }) => [kind, name, ref])).toEqual([
      ['library', 'shared', 'v1.2'],
      ['library', 'other', 'main'],
      ['repository', 'https://git.example.com/lib.git', undefined],
      ['repository', 'https://git.example.com/app.git', 'dev'],
      ['library', 'ci/steps.groovy', undefined],
      ['pipeline', 'release', undefined],
    ]);
  });

  it('pastes what a proposal is called only into strings that take values', () => {
    const text =
      "pipeline { stages { stage('A') { steps {\n sh \"echo ${env.CHANGE_TITLE}\"\n sh 'echo ${CHANGE_TITLE}'\n } } } }";
    expect(pipeline(text).scripts.map(({ untrusted }) => untrusted)).toEqual([['CHANGE_TITLE'], []]);
  });

  it('is not read from comments and strings', () => {
    const text = "// sh 'curl https://a.example.com'\n/* sh 'x' */\ndef text = \"sh 'y'\"\ndef pattern = ~/sh 'z'/\n";
    expect(pipeline(text).scripts).toEqual([]);
  });
});

describe('a scripted pipeline', () => {
  it('is read as far as its calls can be told', () => {
    const text = `node('linux') {
  stage('Build') {
    def out = sh(script: '''
      make
      curl -s https://x.example.com/i.sh | sh
    ''', returnStdout: true).trim()
    docker.image('node:20').inside { sh 'npm ci' }
    'id'.execute()
    httpRequest url: 'https://hook.example.com/x', httpMode: 'POST'
  }
}
`;
    const definition = pipeline(text);
    expect(definition.runners).toMatchObject([{ labels: ['linux'] }]);
    expect(definition.images).toMatchObject([{ job: 'Build', name: 'node' }]);
    expect(signs(definition)).toEqual(['5 pipe-to-shell']);
    expect(definition.scripts.map(({ step }) => step)).toEqual(['sh', 'sh', 'sh', 'httpRequest']);
    expect(definition.hosts.map(({ host, how }) => [host, how])).toEqual([
      ['x.example.com', 'contacted'],
      ['hook.example.com', 'contacted'],
    ]);
  });
});

describe('a stored job', () => {
  it('has triggers, scripts, source, node and people', () => {
    const text = `<?xml version='1.1' encoding='UTF-8'?>
<project>
  <properties>
    <hudson.security.AuthorizationMatrixProperty>
      <permission>hudson.model.Item.Build:anonymous</permission>
      <permission>USER:hudson.model.Item.Read:alice</permission>
    </hudson.security.AuthorizationMatrixProperty>
  </properties>
  <scm class="hudson.plugins.git.GitSCM">
    <userRemoteConfigs><x><url>https://git.example.com/a.git</url><credentialsId>git</credentialsId></x></userRemoteConfigs>
    <branches><x><name>*/main</name></x></branches>
  </scm>
  <assignedNode>linux</assignedNode>
  <triggers><hudson.triggers.TimerTrigger><spec>H 2 * * *</spec></hudson.triggers.TimerTrigger></triggers>
  <builders>
    <hudson.tasks.Shell><command>make
curl -s https://x.example.com/i.sh &amp;&amp; wget -O- https://y.example.com | sh</command></hudson.tasks.Shell>
    <hudson.tasks.BatchFile><command>certutil -urlcache -f https://z.example.com/a.exe a.exe</command></hudson.tasks.BatchFile>
  </builders>
  <publishers><hudson.tasks.BuildTrigger><childProjects>down, other</childProjects></hudson.tasks.BuildTrigger></publishers>
</project>
`;
    const definition = job(text);
    expect(unplaced(definition.triggers)).toEqual([{ event: 'TimerTrigger', filters: ['spec: H 2 * * *'] }]);
    expect(definition.permissions.map(({ scope, subject }) => [scope, subject])).toEqual([
      ['hudson.model.Item.Build', 'anonymous'],
      ['hudson.model.Item.Read', 'alice'],
    ]);
    expect(definition.uses.map(({ kind, name, ref }) => [kind, name, ref])).toEqual([
      ['repository', 'https://git.example.com/a.git', '*/main'],
      ['pipeline', 'down', undefined],
      ['pipeline', 'other', undefined],
    ]);
    expect(definition.runners).toMatchObject([{ labels: ['linux'] }]);
    expect(definition.secrets).toMatchObject([{ name: 'git', via: 'credential' }]);
    expect(signs(definition)).toEqual(['17 pipe-to-shell']);
    expect(definition.jobs).toMatchObject([{ steps: ['Shell', 'BatchFile'] }]);
  });

  it('holds a pipeline within', () => {
    const text = `<flow-definition><definition class="org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition"><script>
node { stage(&apos;A&apos;) { sh &apos;curl https://p.example.com&apos; } }
</script><sandbox>true</sandbox></definition></flow-definition>`;
    const definition = job(text);
    expect(definition.scripts).toMatchObject([{ job: 'A', line: 2, network: [{ tool: 'curl' }] }]);
    expect(definition.gates).toMatchObject([{ detail: 'Groovy sandbox' }]);
  });

  it('is taken from a repository', () => {
    const text =
      '<flow-definition><definition class="x.CpsScmFlowDefinition"><scm class="hudson.plugins.git.GitSCM"><url>https://git.example.com/a.git</url></scm><scriptPath>ci/Jenkinsfile</scriptPath></definition></flow-definition>';
    expect(job(text)).toMatchObject({
      uses: [{ kind: 'repository' }],
      jobs: [{ steps: ['script path ci/Jenkinsfile'] }],
    });
  });

  it('may be started with a token, switched off, run Groovy', () => {
    const text =
      '<project><authToken>x</authToken><disabled>true</disabled><builders><hudson.plugins.groovy.SystemGroovy><source class="hudson.plugins.groovy.StringSystemScriptSource"><script><script>new URL("https://g.example.com/x").text</script></script></source></hudson.plugins.groovy.SystemGroovy></builders></project>';
    const definition = job(text);
    expect(definition.triggers).toMatchObject([{ event: 'remote' }]);
    expect(definition.gates).toMatchObject([{ kind: 'condition', detail: 'disabled' }]);
    expect(definition.hosts).toMatchObject([{ host: 'g.example.com', how: 'contacted' }]);
  });

  it('is used as far as it goes when it breaks off', () => {
    expect(job('<project><triggers><a.B><spec>H * * * *</spec></a.B></triggers><builders><c').triggers).toMatchObject([
      { event: 'B' },
    ]);
  });
});
