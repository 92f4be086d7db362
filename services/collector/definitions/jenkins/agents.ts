// Where a pipeline or stage runs: `agent`, `node`, images
// (https://www.jenkins.io/doc/book/pipeline/syntax/#agent).
import { addImage } from '../draft.ts';
import { isWithin, stageOf } from './blocks.ts';
import { type Call, firstNamed } from './call.ts';
import { type Handler, type Place, readText, where } from './place.ts';

const POD_IMAGE = /^[ \t-]{0,60}image:[ \t]{1,9}["']?([^\s"'#]{1,300})/gm;

function runner(call: Call, place: Place, label: string | undefined): void {
  if (label !== undefined && label !== 'none') place.draft.runners.push({ ...where(place, call), labels: [label] });
}

function node(call: Call, place: Place): void {
  runner(call, place, (firstNamed(call, 'label') ?? call.strings[0])?.text);
}

function image(call: Call, place: Place): void {
  const name = firstNamed(call, 'image') ?? call.strings[0];
  if (name) addImage(place.draft, name.text, { job: stageOf(place.blocks), line: name.line, role: 'job' });
}

/** Images of a pod’s template. */
function pod(call: Call, place: Place): void {
  for (const { text, line } of call.strings) {
    for (const match of text.matchAll(POD_IMAGE)) {
      const below = text.slice(0, match.index).split('\n').length - 1;
      addImage(place.draft, match[1] ?? '', { job: stageOf(place.blocks), line: line + below, role: 'job' });
    }
  }
}

function options(call: Call, place: Place): void {
  const [first] = call.strings;
  if (first) readText(place, first, 'container options');
}

function inAgent(handler: Handler): Handler {
  return (call, place) => {
    if (isWithin(place.blocks, 'agent')) handler(call, place);
  };
}

export const AGENTS: readonly (readonly [string, Handler])[] = [
  ['agent', (call, place) => runner(call, place, call.names[0])],
  ['node', node],
  ['label', inAgent(node)],
  ['docker', inAgent(image)],
  // `docker.image('x').inside { … }` of scripted pipelines too.
  ['image', image],
  ['args', inAgent(options)],
  ['yaml', pod],
];
