// A system that something is done at: how the configuration names it, and how its API is spoken to. What is done there stands
// in `playbooks/actions/<system>/`.
import type { z } from 'zod';
import type { World } from '../../adapters/secrets/manager.ts';
import type { Api } from '../../core/action.ts';

export interface ConnectTools {
  /** The secret behind a reference as it is now. */
  secret(reference: string): string;
  /** See `HttpApiOptions.renew`. */
  renew(): Promise<void>;
  readonly userAgent: string;
  readonly fetch: typeof globalThis.fetch;
  /** For a system that knows us by the machine or pod that we run on. */
  readonly world: World;
}

export interface TargetSystem<Settings extends z.ZodObject = z.ZodObject> {
  /** As `Action.system`. */
  readonly type: string;
  readonly title: string;
  readonly settings: Settings;
  /** References in the settings, by what they are for. */
  secrets(settings: z.output<Settings>): readonly (readonly [name: string, reference: string])[];
  /** Throws CONFIG_INVALID. */
  connect(settings: z.output<Settings>, tools: ConnectTools): Api;
}

export function defineTargetSystem<Settings extends z.ZodObject>(
  system: TargetSystem<Settings>,
): TargetSystem<Settings> {
  return system;
}
