// Addresses below Buildbot's `/api/v2`, built from names that an attacker may have chosen, and how something is asked to be done.
// https://docs.buildbot.net/latest/developer/rest.html
import type { Change, Target } from '../../../services/core/action.ts';
import type { Json } from '../../../services/core/json.ts';
import { field } from '../answer.ts';
import { invalid } from '../target.ts';

const RUN = /^(.{1,1000})#([1-9][0-9]{0,15})$/u;
const NUMBER = /^[1-9][0-9]{0,15}$/;
/** https://docs.buildbot.net/latest/developer/database/identifier.html */
const IDENTIFIER = /^[\p{L}_-][\p{L}\p{N}_-]{0,49}$/u;
const BUILDER = /^(?!\.{1,2}$)[^/\\#\p{C}]{1,250}$/u;

/** `/builds/id` of `builder#id`. Throws TARGET_INVALID. */
export function buildPath(action: string, target: Target): string {
  return `/builds/${buildId(action, target)}`;
}

export function buildId(action: string, target: Target): string {
  const id = RUN.exec(target.id)?.[2];
  if (id === undefined) throw invalid(action, target, 'a build of Buildbot is builder#id');
  return id;
}

/** Of a pipeline, or of one by a run of it. Throws TARGET_INVALID. */
export function builderName(action: string, target: Target): string {
  const run = target.run ?? (target.type === 'run' ? target.id : undefined);
  const name = run === undefined ? target.id : (RUN.exec(run)?.[1] ?? '');
  if (!BUILDER.test(name)) throw invalid(action, target, 'Buildbot has no builder of such a name');
  return name;
}

/** `/workers/id`, or by its name where the id is not known. Throws TARGET_INVALID. */
export function workerPath(action: string, target: Target): string {
  const id = target.runner_id;
  if (id !== undefined && NUMBER.test(id)) return `/workers/${id}`;
  if (!IDENTIFIER.test(target.id)) throw invalid(action, target, 'Buildbot has no worker of such a name');
  return `/workers/${encodeURIComponent(target.id)}`;
}

/** A method of what is at a path, in the form of JSON-RPC 2.0. */
export function calling(path: string, method: string, params: Readonly<Record<string, string>>): Change {
  return { method: 'POST', path, body: { jsonrpc: '2.0', id: 1, method, params }, accepts: [200] };
}

/** What an answer lists under a name. */
export function listed(body: Json, name: string): readonly Json[] {
  const found = field(body, name);
  return Array.isArray(found) ? found : [];
}
