// What an activity of kind `alert` says: another tool's finding. See ../activity-details.ts. Words are those of SARIF and of
// OCSF's vulnerability finding (https://schema.ocsf.io/classes/vulnerability_finding) where these have one.
import type { Instant } from '../time.ts';

/** Code scanning, secret scanning, dependency alerts. */
export interface AlertDetail {
  /**
   * What became of it, as the tool says it; beside those of the tools `clean` (a report without findings), `more` (how
   * many findings were left out) and `scan` (the end of a report, see `report`).
   */
  readonly action: string;
  readonly tool?: string;
  readonly rule?: string;
  readonly title?: string;
  /** As the tool says it. */
  readonly level?: string;
  readonly location?: { readonly path: string; readonly line?: number };
  /** A scanner tried the secret, and it works. */
  readonly verified?: boolean;
  /** CVSS base score, 0 to 10, where the report has one (in SARIF `security-severity`). */
  readonly score?: number;
  /** Kinds of weakness, `CWE-79`, in the tool's order. */
  readonly cwe?: readonly string[];
  /** Ids of the vulnerability, `CVE-…` and `GHSA-…` and the tool's own. */
  readonly vulnerabilities?: readonly string[];
  /** The package that has it. */
  readonly package?: AlertPackage;
  /** What the tool itself knows the finding again by in its next report: name → value (SARIF §3.27.16, §3.27.17). */
  readonly fingerprints?: Readonly<Record<string, string>>;
  /** Keyed fingerprint of the code that it quotes; never the code. */
  readonly snippet?: string;
  /** Keyed fingerprint of the secret that was found; never the secret. */
  readonly secret?: string;
  /** The id of the credential that it is, as audit logs tell it (`Credential.id`). */
  readonly credential?: string;
  /** The report says that it is exploited in the wild (CISA's KEV catalogue). */
  readonly exploited?: boolean;
  /** The report's probability of exploitation within 30 days, 0 to 1 (https://www.first.org/epss/). */
  readonly epss?: number;
  /** What was tested, where that is no file of a repository: a site. */
  readonly target?: string;
  /** When it was seen first, as the report says it. */
  readonly first_seen?: Instant;
  /** Tickets that the report names for it: addresses, or keys like `SEC-12`; at most 5. */
  readonly tickets?: readonly string[];
  /** The report that it stands in, where that came as a whole. */
  readonly report?: AlertReport;
}

export interface AlertPackage {
  /** With its namespace: `@scope/name`. */
  readonly name: string;
  readonly version?: string;
  /** https://github.com/package-url/purl-spec */
  readonly purl?: string;
  readonly fixed_version?: string;
}

export interface AlertReport {
  /** Keyed digest of its content and of where it was made: the same when it is sent again. */
  readonly id: string;
  /** Tells reports of one tool about one repository apart: of folders, of languages. */
  readonly category?: string;
  /** On the last activity of a report, `scan`: how many findings it has, and whether what it does not have is gone. */
  readonly findings?: number;
  readonly complete?: boolean;
}
