// What Slack shows: the buttons of a card, and the window in which somebody says why. Plain text throughout, so that nothing in
// it is taken for markup, a mention or a link. Limits: https://docs.slack.dev/reference/block-kit/blocks/section-block,
// https://docs.slack.dev/reference/views/modal-views, https://docs.slack.dev/reference/block-kit/block-elements/button-element
import { z } from 'zod';
import type { ApiRequest } from '../core/action.ts';
import { type Json, parsedJson } from '../core/json.ts';
import { LONGEST_REASON, planDigest } from '../core/order.ts';
import type { PlaybookRun, RunStep } from '../core/playbook.ts';
import { cut, visible } from '../core/visible.ts';

/** Characters of a section's text. */
const LONGEST_TEXT = 3_000;

/** Where the reason stands in what is sent back. */
export const REASON = { block: 'reason', action: 'text' } as const;
export const CALLBACK = 'pipewarden.decision';

/** What a button, and then its window, is about. */
const question = z.strictObject({
  kind: z.enum(['approve', 'reject']),
  run: z.string().min(1),
  step: z.int().min(0),
  /** `planDigest` of what the card showed. */
  plan: z.string(),
});
export type Question = z.output<typeof question>;

export function readQuestion(text: string): Question | undefined {
  return question.safeParse(parsedJson(text)).data;
}

/** A block for a card: agree or refuse. Pressing one asks why, and decides nothing yet. `index`: from 0. */
export function decisionButtons(run: PlaybookRun, index: number, step: RunStep): Json {
  const about = { run: run.id, step: index, plan: planDigest(step) };
  const button = (kind: Question['kind'], text: string) => ({
    type: 'button',
    action_id: `pipewarden.${kind}`,
    text: plain(text),
    value: JSON.stringify({ kind, ...about }),
  });
  return { type: 'actions', elements: [button('approve', 'Agree …'), button('reject', 'Refuse …')] };
}

/** The window that asks why. `page`: of the run. */
export function reasonView(asked: Question, step: RunStep, undoing: string | undefined, page: string): Json {
  const verb = asked.kind === 'approve' ? 'Agree' : 'Refuse';
  const { approvals = [], approval, expires, plan, reversible } = step;
  const missing = (approval?.people ?? 1) - approvals.length;
  return {
    type: 'modal',
    callback_id: CALLBACK,
    private_metadata: JSON.stringify(asked),
    title: plain(verb),
    submit: plain(verb),
    close: plain('Cancel'),
    blocks: [
      section(plan?.summary ?? step.action),
      section(whole(['Sends:', ...(plan?.requests ?? []).map(requestLine)].join('\n'), page)),
      section(whole(['Touches:', ...(plan?.blast_radius ?? [])].join('\n'), page)),
      section(`${reversible ? 'To undo' : 'No way back'}: ${undoing ?? 'see its page'}`),
      ...approvals.map(({ by, reason }) => section(`${by} agreed: ${reason}`)),
      section(`Waits for ${missing} more, until ${expires ?? 'somebody decides'}. Its page: ${page}`),
      {
        type: 'input',
        block_id: REASON.block,
        label: plain('Why (stands in the audit trail)'),
        element: { type: 'plain_text_input', action_id: REASON.action, multiline: true, max_length: LONGEST_REASON },
      },
    ],
  };
}

/** A window that says something and asks nothing. */
export function noteView(title: string, text: string): Json {
  return { type: 'modal', title: plain(title), close: plain('Close'), blocks: [section(text)] };
}

function requestLine({ method, path, body, form }: ApiRequest): string {
  const sent = body ?? form;
  return `${method} ${path}${sent === undefined ? '' : ` ${JSON.stringify(sent)}`}`;
}

/** What does not fit is not left out in silence. */
function whole(text: string, page: string): string {
  const note = `\nNot all of it fits here: read ${page} first.`;
  const room = LONGEST_TEXT - note.length - 1;
  return text.length <= room ? text : `${cut(text, room)}${note}`;
}

function section(text: string): Json {
  return { type: 'section', text: plain(text) };
}

function plain(text: string): Json {
  const shown = text.split('\n').map(visible).join('\n');
  return { type: 'plain_text', text: cut(shown, LONGEST_TEXT - 1), emoji: false };
}
