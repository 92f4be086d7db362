// The whole recording: everybody's acts of the month, told in order.
import type { AnyAct } from './acts.ts';
import { attack } from './attack.ts';
import { DAYS, LAST } from './calendar.ts';
import { oddities } from './oddities.ts';
import { PEOPLE } from './people.ts';
import { createRecorder, type ReplayLine } from './recorder.ts';
import { createStage, type Stage } from './stage.ts';
import { tellFetch, tellProtection, tellRequest } from './tell-access.ts';
import { tellMerged, tellOpened, tellReviewed } from './tell-change.ts';
import { tellPush, tellTag } from './tell-push.ts';
import { tellScheduled } from './tell-run.ts';
import { dayOfWork } from './work.ts';

export function sampleLines(): ReplayLine[] {
  const days = Array.from({ length: DAYS }, (_, day) => PEOPLE.flatMap((one) => dayOfWork(one, day)));
  const acts = [...days.flat(), ...oddities(), ...attack()].filter((act) => act.at <= LAST);
  acts.sort((a, b) => a.at - b.at);
  const recorder = createRecorder();
  const stage = createStage(recorder);
  for (const act of acts) tell(stage, act);
  return recorder.lines();
}

function tell(stage: Stage, act: AnyAct): void {
  switch (act.kind) {
    case 'push':
      tellPush(stage, act);
      break;
    case 'open':
      tellOpened(stage, act);
      break;
    case 'review':
      tellReviewed(stage, act);
      break;
    case 'merge':
      tellMerged(stage, act);
      break;
    case 'release':
      tellTag(stage, act);
      break;
    case 'schedule':
      tellScheduled(stage, act);
      break;
    case 'request':
      tellRequest(stage, act);
      break;
    case 'protection':
      tellProtection(stage, act);
      break;
    default:
      tellFetch(stage, act);
  }
}
