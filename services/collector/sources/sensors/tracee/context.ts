// Who did it and where, of an event of Tracee in either form.
import type { Ancestor, Process } from '../../../../core/activity.ts';
import { isObject, type Json, type JsonObject } from '../../../../core/json.ts';
import { anyKnown, identifier, known, list, object, text } from '../../../fields.ts';
import type { Variables } from '../shared/environment.ts';
import { type Place, placeOf } from '../shared/place.ts';
import { count } from '../shared/values.ts';
import { argumentTexts, firstText } from './arguments.ts';
import type { Happening, TraceeEvent } from './event.ts';

/** A program that was just started is the one that its path and arguments tell; ids are those outside of containers. */
export function processOf(event: TraceeEvent, started: Happening | undefined): Process | undefined {
  const process = event.older ? olderProcess(event.body) : newerProcess(event.body);
  if (!started) return process;
  const words = argumentTexts(started.args, 'argv');
  const executable = firstText(started.args, 'pathname', 'cmdpath');
  return anyKnown({
    ...process,
    ...known({ executable, command_line: words.length > 0 ? words.join(' ') : undefined }),
  });
}

function olderProcess(body: JsonObject): Process | undefined {
  const parent = count(body, 'hostParentProcessId') ?? count(body, 'parentProcessId');
  return anyKnown({
    executable: text(body, 'executable', 'path') ?? text(body, 'processName'),
    pid: count(body, 'hostProcessId') ?? count(body, 'processId'),
    entity_id: identifier(body, 'processEntityId'),
    user: count(body, 'userId')?.toString(),
    ancestors: parent === undefined ? undefined : [{ pid: parent }],
  });
}

function newerProcess(body: JsonObject): Process | undefined {
  const process = object(body, 'workload', 'process');
  const ancestors = list(process, 'ancestors')
    .map(ancestor)
    .filter((one) => one !== undefined);
  return anyKnown({
    executable: executableOf(process),
    pid: count(process, 'host_pid') ?? count(process, 'pid'),
    entity_id: count(process, 'unique_id')?.toString(),
    user: count(process, 'real_user', 'id')?.toString(),
    ancestors: ancestors.length > 0 ? ancestors : undefined,
  });
}

function ancestor(process: Json): Ancestor | undefined {
  return anyKnown({ executable: executableOf(process), pid: count(process, 'host_pid') ?? count(process, 'pid') });
}

function executableOf(process: Json | undefined): string | undefined {
  return text(process, 'executable', 'path') ?? text(process, 'thread', 'name');
}

export function placeOfEvent(event: TraceeEvent): Place {
  const variables = variablesOf(event);
  return event.older ? olderPlace(event.body, variables) : newerPlace(event.body, variables);
}

/**
 * Before 0.11 what is in `container` and `kubernetes` now stood in the event itself. `hostName` is the name that the
 * process sees, cut to 15 characters: in a container the container's.
 */
function olderPlace(body: JsonObject, variables: Variables | undefined): Place {
  const id = text(body, 'container', 'id') ?? text(body, 'containerId');
  const pod = text(body, 'kubernetes', 'podName') ?? text(body, 'podName');
  const namespace = text(body, 'kubernetes', 'podNamespace') ?? text(body, 'podNamespace');
  return placeOf({
    host: text(body, 'hostName'),
    elsewhere: id !== undefined,
    pod: pod === undefined ? undefined : known({ name: pod, namespace }),
    container: anyKnown({
      id,
      name: text(body, 'container', 'name') ?? text(body, 'containerName'),
      image: text(body, 'container', 'image') ?? text(body, 'containerImage'),
    }),
    cgroup: identifier(body, 'cgroupId'),
    variables,
  });
}

/** The newer form names no machine. Its documentation shows `pod` beside `container`, its schema inside of `k8s`. */
function newerPlace(body: JsonObject, variables: Variables | undefined): Place {
  const workload = object(body, 'workload');
  const pod = object(workload, 'k8s', 'pod') ?? object(workload, 'pod');
  const name = text(pod, 'name');
  const space = isObject(pod?.namespace) ? text(pod, 'namespace', 'name') : text(pod, 'namespace');
  return placeOf({
    host: undefined,
    pod:
      name === undefined ? undefined : known({ name, namespace: text(workload, 'k8s', 'namespace', 'name') ?? space }),
    labels: object(pod, 'labels'),
    container: anyKnown({
      id: text(workload, 'container', 'id'),
      name: text(workload, 'container', 'name'),
      image: text(workload, 'container', 'image', 'name'),
    }),
    variables,
  });
}

/** Told where Tracee is set to (`exec-env`), of programs that start. */
function variablesOf({ args }: TraceeEvent): Variables | undefined {
  const pairs = [...argumentTexts(args, 'env'), ...argumentTexts(args, 'envp')];
  if (pairs.length === 0) return undefined;
  const found = new Map(pairs.map((pair) => [pair.split('=', 1)[0], pair]));
  return (name) => found.get(name)?.slice(name.length + 1) || undefined;
}
