// Every detector. To add one: its file, its cases beside it, one line here.
import type { Detector } from '../services/core/detector.ts';
import { sensorBlinded } from './alert/sensor-blinded.ts';
import { verifiedSecret } from './alert/verified-secret.ts';
import { definitionSpread } from './commit/definition-spread.ts';
import { historyRewrite } from './commit/history-rewrite.ts';
import { identityMismatch } from './commit/identity-mismatch.ts';
import { massWrite } from './commit/mass-write.ts';
import { offHoursCommit } from './commit/off-hours-commit.ts';
import { controlPlaneProbe } from './control-plane/control-plane-probe.ts';
import { fileContentInError } from './control-plane/file-content-in-error.ts';
import { accountFlood } from './credential/account-flood.ts';
import { credentialInTwoPlaces } from './credential/credential-in-two-places.ts';
import { credentialInventory } from './credential/credential-inventory.ts';
import { massRead } from './credential/mass-read.ts';
import { newCredentialContext } from './credential/new-credential-context.ts';
import { newPrincipal } from './credential/new-principal.ts';
import { sleepingCredential } from './credential/sleeping-credential.ts';
import { unseenAccount } from './credential/unseen-account.ts';
import { dnsTunnel } from './egress/dns-tunnel.ts';
import { exfiltrationServiceContacted } from './egress/exfiltration-service-contacted.ts';
import { miningPoolContacted } from './egress/mining-pool-contacted.ts';
import { newWorkflowEgress } from './egress/new-workflow-egress.ts';
import { analyzerDegraded } from './health/analyzer-degraded.ts';
import { feedSilent } from './health/feed-silent.ts';
import { encodedBulkInLog } from './log/encoded-bulk-in-log.ts';
import { secretInLog } from './log/secret-in-log.ts';
import { jobConfigChanged } from './pipeline/job-config-changed.ts';
import { pipelineDefinitionChanged } from './pipeline/pipeline-definition-changed.ts';
import { secretBreadth } from './pipeline/secret-breadth.ts';
import { strangerInPrivilegedRun } from './pipeline/stranger-in-privileged-run.ts';
import { credentialFileRead } from './process/credential-file-read.ts';
import { decodeAndRun } from './process/decode-and-run.ts';
import { environmentDumped } from './process/environment-dumped.ts';
import { memoryRead } from './process/memory-read.ts';
import { metadataServiceContacted } from './process/metadata-service-contacted.ts';
import { miningProgram } from './process/mining-program.ts';
import { newProcess } from './process/new-process.ts';
import { persistenceFileWritten } from './process/persistence-file-written.ts';
import { secretSent } from './process/secret-sent.ts';
import { serverShell } from './process/server-shell.ts';
import { protectionGap } from './protection/protection-gap.ts';
import { protectionRemoved } from './protection/protection-removed.ts';
import { unguardedPush } from './protection/unguarded-push.ts';
import { fetchedFileChanged } from './reference/fetched-file-changed.ts';
import { referenceDrift } from './reference/reference-drift.ts';
import { resolvedElsewhere } from './reference/resolved-elsewhere.ts';
import { failedRunPublished } from './release/failed-run-published.ts';
import { releaseBurst } from './release/release-burst.ts';
import { releaseOutOfPattern } from './release/release-out-of-pattern.ts';
import { jobBurst } from './resource/job-burst.ts';
import { runDuration } from './resource/run-duration.ts';
import { offHoursAction } from './rhythm/off-hours-action.ts';
import { newExecutor } from './runner/new-executor.ts';
import { runnerRegistered } from './runner/runner-registered.ts';
import { auditTrailCut } from './tracks/audit-trail-cut.ts';
import { tracksRemoved } from './tracks/tracks-removed.ts';

export const detectors: readonly Detector[] = [
  offHoursCommit,
  accountFlood,
  controlPlaneProbe,
  fileContentInError,
  credentialInTwoPlaces,
  credentialInventory,
  massRead,
  newCredentialContext,
  newPrincipal,
  sleepingCredential,
  unseenAccount,
  newWorkflowEgress,
  exfiltrationServiceContacted,
  dnsTunnel,
  miningPoolContacted,
  analyzerDegraded,
  feedSilent,
  jobConfigChanged,
  pipelineDefinitionChanged,
  secretBreadth,
  strangerInPrivilegedRun,
  newExecutor,
  runnerRegistered,
  massWrite,
  historyRewrite,
  identityMismatch,
  definitionSpread,
  protectionRemoved,
  memoryRead,
  referenceDrift,
  resolvedElsewhere,
  encodedBulkInLog,
  secretInLog,
  secretSent,
  newProcess,
  decodeAndRun,
  miningProgram,
  credentialFileRead,
  environmentDumped,
  releaseOutOfPattern,
  releaseBurst,
  failedRunPublished,
  offHoursAction,
  sensorBlinded,
  verifiedSecret,
  fetchedFileChanged,
  protectionGap,
  unguardedPush,
  auditTrailCut,
  tracksRemoved,
  serverShell,
  metadataServiceContacted,
  persistenceFileWritten,
  runDuration,
  jobBurst,
];
