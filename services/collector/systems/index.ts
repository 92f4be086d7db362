// The list of systems.
import { buildbot } from './buildbot/buildbot.ts';
import { github } from './github/github.ts';
import { jenkins } from './jenkins/jenkins.ts';
import type { System } from './system.ts';

export const SYSTEMS: readonly System[] = [buildbot, github, jenkins];
