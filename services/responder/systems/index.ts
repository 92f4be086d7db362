// The list of systems that are acted on.
import type { Api } from '../../core/action.ts';
import { aws } from './aws.ts';
import { buildbot } from './buildbot.ts';
import { circleci } from './circleci.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { jenkins } from './jenkins.ts';
import { kubernetes } from './kubernetes.ts';
import type { ConnectTools, TargetSystem } from './system.ts';
import { vault } from './vault.ts';

const SYSTEMS = { aws, buildbot, circleci, github, gitlab, jenkins, kubernetes, vault } as const;

/** Of each, where it is configured: fields of `containment`. */
export const targetSettings = {
  aws: aws.settings.optional().describe(aws.title),
  buildbot: buildbot.settings.optional().describe(buildbot.title),
  circleci: circleci.settings.optional().describe(circleci.title),
  github: github.settings.optional().describe(github.title),
  gitlab: gitlab.settings.optional().describe(gitlab.title),
  jenkins: jenkins.settings.optional().describe(jenkins.title),
  kubernetes: kubernetes.settings.optional().describe(kubernetes.title),
  vault: vault.settings.optional().describe(vault.title),
} as const;

type Configured = Readonly<Record<string, unknown>>;

/** Of those that are configured. */
export function targetSecrets(configured: Configured): readonly (readonly [string, string])[] {
  return each(configured).flatMap(([system, settings]) => system.secrets(system.settings.parse(settings)));
}

/** By system. */
export function connectTargets(configured: Configured, tools: ConnectTools): ReadonlyMap<string, Api> {
  const connected = each(configured).map(
    ([system, settings]) => [system.type, system.connect(system.settings.parse(settings), tools)] as const,
  );
  return new Map(connected);
}

function each(configured: Configured): readonly (readonly [TargetSystem, unknown])[] {
  const all: readonly TargetSystem[] = Object.values(SYSTEMS);
  return all.flatMap((system) => {
    const settings = configured[system.type];
    return settings === undefined ? [] : [[system, settings] as const];
  });
}
