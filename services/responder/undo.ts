// The way back: from the state as it is now to the one that was written down before the first request.
import { PipewardenError } from '../core/errors.ts';
import { canonicalJson } from '../core/json.ts';
import {
  attempt,
  current,
  deadline,
  fail,
  look,
  noCredential,
  record,
  sendAll,
  trouble,
  type Work,
  write,
} from './place.ts';

/** As `advanceStep`. Looked at first and last, so a crash anywhere between leads to the same state. */
export async function undoStep(work: Work): Promise<unknown> {
  const { action, api, read, dry } = work;
  const step = current(work);
  if (step?.status !== 'undoing') return undefined;
  const { target, plan } = step;
  if (dry) return await fail(work, 'undoing sends requests too, and this is a dry run: set `containment.mode: act`');
  if (!api || !read) return await fail(work, noCredential(action));
  if (!action.undo || !plan) return await fail(work, action.undoing);
  const looked = await attempt(() => look(action, target, read, deadline(work)));
  if ('error' in looked) return await trouble(work, looked.error);
  const now = looked.value.state;
  if (isSame(now, plan.before)) return await record(work, 'undone', {}, { settled: true });
  const changes = action.undo(target, plan.before, now);
  if (changes.length === 0) {
    return await fail(work, 'what is there now is not what was left there: look at it yourself');
  }
  const objection = await work.guard(step);
  if (objection?.kind === 'frozen') return await fail(work, objection.why);
  await write(work, {}, 'action.attempted', 'attempt', {
    undoing: changes.map(({ method, path }) => `${method} ${path}`),
  });
  const sent = await attempt(() => sendAll(work, api, changes));
  if ('error' in sent) return await trouble(work, sent.error);
  const after = await attempt(() => look(action, target, read, deadline(work)));
  if ('error' in after) return await trouble(work, after.error);
  if (!isSame(after.value.state, plan.before)) {
    return await trouble(work, new PipewardenError('ACTION_UNVERIFIED', { action: `undoing ${action.id}` }));
  }
  await record(work, 'undone', {}, { statuses: sent.value });
  return undefined;
}

function isSame(one: unknown, other: unknown): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
