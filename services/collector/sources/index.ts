// The list of sources.
import type { Source } from '../source.ts';
import { awsCloudtrail } from './aws/cloudtrail.ts';
import { azureDevopsAudit } from './azure-devops/audit.ts';
import { azureDevopsJobLog } from './azure-devops/job-log.ts';
import { azureDevopsWebhook } from './azure-devops/webhook.ts';
import { bitbucketAudit } from './bitbucket/audit.ts';
import { bitbucketJobLog } from './bitbucket/job-log.ts';
import { bitbucketWebhook } from './bitbucket/webhook.ts';
import { buildbotInventory } from './buildbot/inventory.ts';
import { buildbotJobLog } from './buildbot/job-log.ts';
import { buildbotWebhook } from './buildbot/webhook.ts';
import { buildkiteJobLog } from './buildkite/job-log.ts';
import { buildkiteWebhook } from './buildkite/webhook.ts';
import { cdevents } from './cdevents/cdevents.ts';
import { circleciAudit } from './circleci/audit.ts';
import { circleciJobLog } from './circleci/job-log.ts';
import { circleciWebhook } from './circleci/webhook.ts';
import { git } from './git/git.ts';
import { gitSecrets } from './git-secrets/git-secrets.ts';
import { giteaJobLog } from './gitea/job-log.ts';
import { giteaWebhook } from './gitea/webhook.ts';
import { githubAudit } from './github/audit.ts';
import { githubDefinition } from './github/definition.ts';
import { githubInventory } from './github/inventory.ts';
import { githubJobLog } from './github/job-log.ts';
import { githubWebhook } from './github/webhook.ts';
import { gitlabAudit } from './gitlab/audit.ts';
import { gitlabInventory } from './gitlab/inventory.ts';
import { gitlabJobLog } from './gitlab/job-log.ts';
import { gitlabWebhook } from './gitlab/webhook.ts';
import { gitleaks } from './gitleaks/gitleaks.ts';
import { jenkinsAccess } from './jenkins/access.ts';
import { jenkinsAudit } from './jenkins/audit.ts';
import { jenkinsConsole } from './jenkins/console.ts';
import { jenkinsDefinition } from './jenkins/definition.ts';
import { jenkinsEvent } from './jenkins/event.ts';
import { jenkinsInventory } from './jenkins/inventory.ts';
import { jiraTicket } from './jira/ticket.ts';
import { kubernetesAudit } from './kubernetes/audit.ts';
import { legitify } from './legitify/legitify.ts';
import { ociRegistry } from './oci/registry.ts';
import { ocsf } from './ocsf/ocsf.ts';
import { otlp } from './otlp/otlp.ts';
import { pentest } from './pentest/pentest.ts';
import { sarif } from './sarif/sarif.ts';
import { bpftrace } from './sensors/bpftrace.ts';
import { falco } from './sensors/falco.ts';
import { hardenRunner } from './sensors/harden-runner.ts';
import { tetragon } from './sensors/tetragon.ts';
import { tracee } from './sensors/tracee.ts';
import { servicenowTicket } from './servicenow/ticket.ts';
import { sonarqube } from './sonarqube/sonarqube.ts';
import { trufflehog } from './trufflehog/trufflehog.ts';
import { upstreamRefs } from './upstream/refs.ts';
import { vaultAudit } from './vault/audit.ts';
import { zap } from './zap/zap.ts';

export const SOURCES: readonly Source[] = [
  awsCloudtrail,
  azureDevopsAudit,
  azureDevopsJobLog,
  azureDevopsWebhook,
  bitbucketAudit,
  bitbucketJobLog,
  bitbucketWebhook,
  bpftrace,
  buildbotInventory,
  buildbotJobLog,
  buildbotWebhook,
  buildkiteJobLog,
  buildkiteWebhook,
  cdevents,
  circleciAudit,
  circleciJobLog,
  circleciWebhook,
  falco,
  git,
  gitSecrets,
  giteaJobLog,
  giteaWebhook,
  githubAudit,
  githubDefinition,
  githubInventory,
  githubJobLog,
  githubWebhook,
  gitlabAudit,
  gitlabInventory,
  gitlabJobLog,
  gitlabWebhook,
  gitleaks,
  hardenRunner,
  jenkinsAccess,
  jenkinsAudit,
  jenkinsConsole,
  jenkinsDefinition,
  jenkinsEvent,
  jenkinsInventory,
  jiraTicket,
  kubernetesAudit,
  legitify,
  ociRegistry,
  ocsf,
  otlp,
  pentest,
  sarif,
  servicenowTicket,
  sonarqube,
  tetragon,
  tracee,
  trufflehog,
  upstreamRefs,
  vaultAudit,
  zap,
];
