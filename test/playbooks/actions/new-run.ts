// A run of one action at one target, for a worker to take up.
import { ACTIONS } from '../../../playbooks/actions/index.ts';
import type { Target } from '../../../services/core/action.ts';
import { systemClock } from '../../../services/core/clock.ts';
import { createRun, type RunDocument } from '../../../services/responder/run.ts';
import { attack, type Site, stepOf } from '../../responder/support.ts';

export async function newRun(site: Site, id: string, target: Target, incident = 'one'): Promise<RunDocument> {
  const action = ACTIONS.get(id);
  if (!action) throw new Error(`there is no action ${id}`);
  const run = createRun(attack({ id: incident }), [stepOf(action, target)], 'act', systemClock.now());
  await site.store.put('run', run.id, run, 'absent');
  return run;
}
