// Lines about builds: started, ended, and the credentials they were handed.
import type { Cicd } from '../../../../core/activity.ts';
import type { Piece } from '../../../delivery.ts';
import { known } from '../../../fields.ts';
import { causeOf, jobName } from '../shared/cause.ts';
import { placeOf } from '../shared/path.ts';
import { runResult } from '../shared/run-state.ts';

type Pieces = readonly Piece[] | undefined;

const PARAMETERS = ', Parameters:[';
const STARTED_AT = ' started at ';
const ENDED = / completed in \d+ms completed: (\w+)$/;

/** `job/a/ #12 Started by user x, Parameters:[A: {1}]`, and when it is over its shown name, node, time and result. */
export function build(message: string): Pieces {
  const number = / #(\d+) /.exec(message);
  if (number === null) return undefined;
  const before = message.slice(0, number.index);
  const rest = message.slice(number.index + number[0].length);
  const ended = ENDED.exec(rest);
  const told = ended === null ? rest : rest.slice(0, rest.lastIndexOf(STARTED_AT, ended.index));
  const given = told.indexOf(PARAMETERS);
  if (given < 0 && ended === null && !before.startsWith('job/')) return undefined;
  const cause = causeOf(given < 0 ? told : told.slice(0, given));
  const name = before.startsWith('job/') ? (placeOf(`/${before}`).job ?? before) : jobName(before);
  const run = known({
    id: number[1] ?? '',
    trigger: cause.trigger,
    state: ended === null ? ('executing' as const) : ('finished' as const),
    result: runResult(ended?.[1]),
    parent: cause.parent,
  });
  const node = ended === null ? undefined : nodeOf(told);
  const common = known({
    actor: cause.actor,
    client: cause.address === undefined ? undefined : { address: cause.address },
  });
  const cicd: Cicd = known({ pipeline: { name, run }, worker: node === undefined ? undefined : { name: node } });
  const action = ended === null ? 'started' : 'completed';
  const names = parameterNames(given < 0 ? '' : told.slice(given + PARAMETERS.length));
  const run_: Piece = { kind: 'run', ...common, cicd, detail: { action } };
  if (names.length === 0 || ended !== null) return [run_];
  return [
    run_,
    { kind: 'secret', ...common, cicd: { pipeline: { name, run } }, detail: { action: 'parameters', names } },
  ];
}

/** Behind the parameters: ` on node agent-1`; older versions leave out `node`. */
function nodeOf(told: string): string | undefined {
  const at = told.lastIndexOf(' on ');
  const name = at < 0 ? undefined : told.slice(at + ' on '.length).replace(/^node /, '');
  return name === '#unknown#' || name === '' ? undefined : name;
}

/** `A: {value}, B: {****}`: values stay where they are. */
function parameterNames(told: string): readonly string[] {
  return [...told.matchAll(/(?:^|, )([\w.-]+): \{/g)].flatMap(([, name]) => name ?? []);
}

const USED = ' used credentials ';
const QUOTED = /^'(.*)' \(([^()]*)\)\.?$/s;

/** `'job #12' (class hudson.model.FreeStyleBuild) used credentials 'id' (class …).`: by a build, an item or a node. */
export function credentialUse(message: string): Pieces {
  const at = message.indexOf(USED);
  if (at < 0) return undefined;
  const [, user = '', type = ''] = QUOTED.exec(message.slice(0, at)) ?? [];
  const [, id] = QUOTED.exec(message.slice(at + USED.length)) ?? [];
  if (user === '') return undefined;
  return [known({ kind: 'secret', cicd: userOf(user, type), detail: known({ action: 'used', name: id }) })];
}

function userOf(user: string, type: string): Cicd {
  if (/(?:Slave|Node|Computer)$/.test(type)) return { worker: { name: user } };
  const number = /^(.*?) ?#(\d+)$/s.exec(user);
  if (number === null) return { pipeline: { name: jobName(user) } };
  return { pipeline: { name: jobName(number[1] ?? ''), run: { id: number[2] ?? '' } } };
}
