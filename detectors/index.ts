// Every detector. To add one: its file, its cases beside it, one line here.
import type { Detector } from '../services/core/detector.ts';
import { offHoursCommit } from './commit/off-hours-commit.ts';
import { newCredentialContext } from './credential/new-credential-context.ts';
import { newWorkflowEgress } from './egress/new-workflow-egress.ts';
import { pipelineDefinitionChanged } from './pipeline/pipeline-definition-changed.ts';
import { protectionRemoved } from './protection/protection-removed.ts';

export const detectors: readonly Detector[] = [
  offHoursCommit,
  newCredentialContext,
  newWorkflowEgress,
  pipelineDefinitionChanged,
  protectionRemoved,
];
