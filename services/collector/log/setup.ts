// What a log says of the job before its first step: runner, image, permissions, what references resolved to.
import type { ActivityDetails, Cicd } from '../../core/activity.ts';
import { anyKnown } from '../fields.ts';
import { createDependencies, type Dependencies } from './dependencies.ts';

/** Names kept of variables and permissions each. */
const MOST_NAMES = 200;

/** Filled in by a dialect, line by line. */
export interface Setup {
  readonly runner: {
    name?: string;
    id?: string;
    version?: string;
    group?: string;
    labels?: string[];
    hosted?: boolean;
  };
  readonly image: { name?: string; version?: string; digest?: string };
  readonly dependencies: Dependencies;
  permission(name: string, access: string): void;
  /** Of a secret or variable that was handed over. */
  variable(name: string): void;
  /** Of the run, as the log tells it. */
  readonly run: {
    definition?: string;
    trigger?: string;
    startedBy?: string;
    parent?: { pipeline: string; id: string };
    /** Where its secrets came from. */
    secrets?: string;
  };
  told(): Told | undefined;
}

export interface Told {
  readonly detail: ActivityDetails['setup'];
  readonly worker: Cicd['worker'] | undefined;
  readonly run: Setup['run'];
}

export function createSetup(): Setup {
  const permissions = new Map<string, string>();
  const variables = new Set<string>();
  const setup: Setup = {
    runner: {},
    image: {},
    dependencies: createDependencies(),
    run: {},
    permission(name, access) {
      if (permissions.size < MOST_NAMES) permissions.set(name, access);
    },
    variable(name) {
      if (variables.size < MOST_NAMES) variables.add(name);
    },
    told() {
      const { name, version, digest } = setup.image;
      const dependencies = setup.dependencies.list();
      const detail = anyKnown({
        runner: anyKnown({ version: setup.runner.version, group: setup.runner.group }),
        image: name === undefined ? undefined : { name, ...anyKnown({ version, digest }) },
        permissions: permissions.size > 0 ? Object.fromEntries(permissions) : undefined,
        dependencies: dependencies.length > 0 ? dependencies : undefined,
        secret_source: setup.run.secrets,
        variables: variables.size > 0 ? [...variables] : undefined,
      });
      const { id, name: called, labels, hosted, group } = setup.runner;
      const worker = anyKnown({ id, name: called, labels, hosted, group });
      if (!detail && !worker && Object.keys(setup.run).length === 0) return undefined;
      return { detail: detail ?? {}, worker, run: setup.run };
    },
  };
  return setup;
}
