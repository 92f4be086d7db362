// A weakness: the same flaw of a repository, whichever tools tell it, over all their reports.
import type { AlertPackage } from './details/alert.ts';
import type { TicketCategory } from './details/ticket.ts';
import type { Severity } from './severity.ts';

/**
 * `fixed`: every tool that told it has since made a complete report without it. `reopened`: told again after that.
 * `suppressed`: nobody tells it but as accepted, dismissed or a false alarm. `merged`: it turned out to be another one.
 */
export type WeaknessState = 'open' | 'reopened' | 'suppressed' | 'fixed' | 'merged';

/** A document of the collection `weakness`. Times are RFC 3339, UTC. */
export interface Weakness {
  readonly id: string;
  readonly repository?: string;
  readonly title: string;
  /** What it is: `CWE-89`, `CVE-2026-0001`, or the tool's own rule as `rule:…`. */
  readonly kinds: readonly string[];
  /** Where it was told last. */
  readonly location?: { readonly path: string; readonly line?: number };
  readonly package?: AlertPackage;
  readonly state: WeaknessState;
  /** The worst that a tool says. */
  readonly severity: Severity;
  /** That, and what is known of the place: deployed, public, exploited. */
  readonly priority: Severity;
  /** The priority as a number, 0 to 4, to sort by. */
  readonly rank: number;
  /** Why this priority, in words. */
  readonly reasons: readonly string[];
  readonly first_seen: string;
  readonly last_seen: string;
  /** Only while it is. */
  readonly fixed?: string;
  /** Reports that told it. */
  readonly times: number;
  readonly verified?: true;
  readonly exploited?: true;
  readonly epss?: number;
  /** One of each tool, branch and category. */
  readonly tellings: readonly Telling[];
  /** The runs that told it last, newest first. */
  readonly runs: readonly string[];
  readonly merged_into?: string;
  /** Of several the one that is still open, and of these the one that was changed last. */
  readonly ticket?: WeaknessTicket;
  /** Grows with every change. */
  readonly revision: number;
  readonly sample?: true;
}

export interface Telling {
  readonly tool: string;
  readonly branch?: string;
  readonly category?: string;
  readonly rule?: string;
  readonly severity: Severity;
  /** As the tool says it. */
  readonly level?: string;
  readonly score?: number;
  readonly state: 'open' | 'suppressed' | 'fixed';
  readonly first_seen: string;
  readonly last_seen: string;
  /** The newest report that told it. */
  readonly report?: string;
}

/** A ticket as its system told it last. */
export interface WeaknessTicket {
  /** `jira`, `servicenow`. */
  readonly system: string;
  /** As people call it: `SEC-12`, `INC0010023`. */
  readonly key: string;
  readonly url?: string;
  /** In the system's own words. */
  readonly status?: string;
  readonly category?: TicketCategory;
  readonly resolution?: string;
  /** Only while it is. */
  readonly closed?: string;
  readonly updated: string;
}
