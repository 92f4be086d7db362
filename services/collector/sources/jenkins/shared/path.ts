// A path of Jenkins' web interface, taken apart: which job, build, agent or user it is about, and what it does there.
// https://www.jenkins.io/doc/book/using/remote-access-api/ (folders nest as `/job/a/job/b`)
import type { Cicd } from '../../../../core/activity.ts';
import { anyKnown, known } from '../../../fields.ts';

export interface Place {
  /** As it was asked for, with its query. */
  readonly path: string;
  // With stars for names, so that the same page of two jobs is one: `/job/*/*/console`.
  readonly shape: string;
  /** What comes after the job, build, agent or user: `configSubmit`, `descriptorByName/…/generateNewToken`. */
  readonly action: string;
  /** `folder/job`. */
  readonly job?: string;
  /** A number, or `lastBuild` and the like. */
  readonly build?: string;
  /** An agent, `(built-in)` for the controller itself. */
  readonly computer?: string;
  readonly user?: string;
  /** Of a stored credential. */
  readonly credential?: string;
}

/** What a path begins with under Jenkins' root; a first part that is none of them is where Jenkins is mounted. */
const TOPS: ReadonlySet<string> = new Set(
  'job view computer manage user me credentials script scriptText cli login securityRealm pluginManager queue people'.split(
    ' ',
  ),
);
const BUILD = /^(?:\d+|last[A-Z]\w*Build|lastBuild)$/;
/** What follows these is one of very many: files, classes, bound objects. */
const OPEN =
  /^(?:static|adjuncts|images|css|scripts|userContent|plugin|jnlpJars|ws|artifact|descriptorByName|\$stapler)$/;

/** Reads a path the way Stapler does: empty parts, `.` and `;parameters` do not count, so that they hide nothing. */
export function placeOf(path: string): Place {
  const parts = partsOf(path);
  const shape: string[] = [];
  const jobs: string[] = [];
  const named: { build?: string; computer?: string; user?: string; credential?: string } = {};
  const rest: string[] = [];
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index] ?? '';
    const next = parts[index + 1];
    const atRoot = rest.length === 0;
    if (part === 'view' && next !== undefined && atRoot) index += 1;
    else if (part === 'job' && next !== undefined && atRoot) {
      jobs.push(next);
      shape.push('job', '*');
      index += 1;
    } else if (part === 'computer' && next !== undefined && atRoot && isName(next, parts[index + 2])) {
      named.computer = next;
      shape.push('computer', '*');
      index += 1;
    } else if ((part === 'user' || part === 'credential') && next !== undefined) {
      named[part] = next;
      shape.push(part, '*');
      index += 1;
    } else if (jobs.length > 0 && atRoot && BUILD.test(part)) {
      named.build = part;
      shape.push('*');
    } else {
      shape.push(part);
      rest.push(part);
    }
  }
  const open = shape.findIndex((part) => OPEN.test(part));
  const closed = open < 0 || open === shape.length - 1 ? shape : [...shape.slice(0, open + 1), '*'];
  return known({
    path,
    shape: `/${closed.join('/')}`,
    action: rest.join('/'),
    job: jobs.length > 0 ? jobs.join('/') : undefined,
    ...named,
  });
}

function partsOf(path: string): readonly string[] {
  const parts = (path.split('?', 1)[0] ?? '')
    .split('/')
    .map((part) => decoded(part.split(';', 1)[0] ?? ''))
    .filter((part) => part !== '' && part !== '.');
  const [first = '', second = ''] = parts;
  const own = !TOPS.has(first) && TOPS.has(second) ? parts.slice(1) : parts;
  // Since 2.360 what administers stands under `manage`, and the old paths lead there.
  return own[0] === 'manage' && own.length > 1 ? own.slice(1) : own;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** `/computer/x` is an agent, `/computer/createItem` a page about all of them. */
function isName(next: string, after: string | undefined): boolean {
  return after !== undefined || !/^(?:(?:do)?createItem|new|api|configure|configSubmit|script|updateNow)$/i.test(next);
}

/** Pipeline, run and worker that a path names. */
export function cicdOf({ job, build, computer }: Pick<Place, 'job' | 'build' | 'computer'>): Cicd | undefined {
  const number = build !== undefined && /^\d+$/.test(build) ? build : undefined;
  return anyKnown({
    pipeline: anyKnown({ name: job, run: number === undefined ? undefined : { id: number } }),
    worker: computer === undefined ? undefined : { name: computer },
  });
}
