// Every subcommand, in the order of the help text.
import { auditCommand } from './audit.ts';
import type { Subcommand } from './common.ts';
import { configCommand } from './config.ts';
import { detectorsCommand } from './detectors.ts';
import { doctorCommand } from './doctor.ts';
import { explainCommand } from './explain.ts';
import { findingsCommand } from './findings.ts';
import { incidentsCommand } from './incidents.ts';
import { playbooksCommand } from './playbooks.ts';
import { redactCommand } from './redact.ts';
import { replayCommand } from './replay.ts';
import { startCommand } from './start.ts';

export const subcommands: readonly Subcommand[] = [
  startCommand,
  replayCommand,
  incidentsCommand,
  findingsCommand,
  explainCommand,
  detectorsCommand,
  playbooksCommand,
  redactCommand,
  auditCommand,
  doctorCommand,
  configCommand,
];
