// The list of reports that are taken whole, by the source that reads their findings.
import type { Format } from '../report.ts';
import { pentest } from './pentest.ts';
import { sarif } from './sarif.ts';
import { gitleaks, gitSecrets, trufflehog } from './secrets.ts';
import { legitify, sonarqube, zap } from './services.ts';

export const FORMATS: ReadonlyMap<string, Format> = new Map([
  ['sarif', sarif],
  ['sonarqube', sonarqube],
  ['zap', zap],
  ['trufflehog', trufflehog],
  ['gitleaks', gitleaks],
  ['git-secrets', gitSecrets],
  ['legitify', legitify],
  ['pentest', pentest],
]);
