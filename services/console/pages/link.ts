// What a link in a card or mail leads to: one step, and the question whether it may be taken.
import { type Html, html } from '../html.ts';
import { type Frame, page } from '../layout.ts';
import type { RunView } from '../load.ts';
import { voiceNote } from '../parts/decision.ts';
import { stepPart } from '../parts/run.ts';
import { name } from '../text.ts';
import { background, runCrumbs, type Speaking } from './run.ts';

/** `index`: of the step, from 0. `to`: the link itself, which takes the answer. */
export function linkPage(frame: Frame, view: RunView, index: number, to: string, { actions, voice }: Speaking): Html {
  const { run, incident } = view;
  const step = run.steps[index];
  return page(
    frame,
    { title: `Decide: ${run.title}` },
    html`${runCrumbs(view)}
<header class="subject"><h1>May this be done?</h1>
<p class="summary">Step ${index + 1} of <a href="/runs/${run.id}">${name(run.title, 160)}</a></p></header>
${incident ? background(incident, frame.now) : ''}
<section class="card run" aria-label="The step">${voiceNote(voice)}
${step ? stepPart({ run: run.id, index, step }, { actions, voice, now: frame.now, to }) : ''}</section>`,
  );
}
