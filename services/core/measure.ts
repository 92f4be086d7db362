// What was counted of one repository on one day: the numbers that no finding and no weakness keeps.
import type { ToolKind } from './tool-kinds.ts';

/** A document of the collection `measure`. */
export interface DayCount {
  readonly id: string;
  readonly repository: string;
  /** `2026-03-02`, in UTC. */
  readonly day: string;
  /** Runs that ended, each attempt once, by how they did. */
  readonly runs: {
    readonly ended: number;
    readonly failed: number;
    readonly cancelled: number;
    /** With a failed job that had handed in a scanner's report. */
    readonly gated: number;
  };
  /** Complete reports, by what kind of tool wrote them. */
  readonly scans: Readonly<Partial<Record<ToolKind, number>>>;
  /** Grows with every change. */
  readonly revision: number;
  readonly sample?: true;
}
