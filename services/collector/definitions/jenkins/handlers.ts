// What each call of a pipeline means: a list of those that matter.
import { AGENTS } from './agents.ts';
import type { Call } from './call.ts';
import type { Token } from './lexer.ts';
import { credential, type Handler, type Place, where } from './place.ts';
import { STEPS } from './steps.ts';

/** Of `triggers { … }` any, and these wherever they stand (`pipelineTriggers([cron('…')])`). */
const TRIGGERS = new Set(
  'cron pollSCM upstream githubPush gitlab parameterizedCron GenericTrigger bitbucketPush bitBucketTrigger issueCommentTrigger eventTrigger'.split(
    ' ',
  ),
);

const HANDLERS: ReadonlyMap<string, Handler> = new Map([...AGENTS, ...STEPS]);

/** Steps that are often called without brackets and strings: `checkout scm`. */
export function isKnownStep(name: string): boolean {
  return HANDLERS.has(name) || /^(?:echo|error|stash|unstash|junit|archiveArtifacts|deleteDir|milestone)$/.test(name);
}

export function handle(call: Call, place: Place): void {
  if (TRIGGERS.has(call.name) || (!place.argument && place.blocks.at(-1)?.name === 'triggers')) {
    const said = [...call.strings, ...[...call.named.values()].flat()];
    const filters = said.map(({ text }) => text).sort();
    place.draft.triggers.push({ ...where(place, call), event: call.name, filters });
  } else HANDLERS.get(call.name)?.(call, place);
}

/** `credentialsId: 'x'`, and the directives that spell it without a colon. */
export function handleKey(key: string, value: Token, place: Place): void {
  if (key === 'credentialsId' || key === 'registryCredentialsId') credential(place, value);
}
