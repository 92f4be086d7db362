// The process of a Tetragon event, with those above it, and where it ran.
// Fields: https://tetragon.io/docs/reference/grpc-api/#process
import type { Ancestor, Process } from '../../../../core/activity.ts';
import { isObject, type Json, type JsonObject } from '../../../../core/json.ts';
import { anyKnown, known, list, number, object, text } from '../../../fields.ts';
import type { Variables } from '../shared/environment.ts';
import { type Place, placeOf } from '../shared/place.ts';
import { count } from '../shared/values.ts';

/** `event` is what stands under `process_exec` and its like: `process`, `parent`, and `ancestors` above that. */
export function processOf(event: JsonObject, process: JsonObject): Process {
  const ancestors = [object(event, 'parent'), ...list(event, 'ancestors')]
    .map(ancestor)
    .filter((one) => one !== undefined);
  return known({
    executable: text(process, 'binary'),
    command_line: commandLine(process),
    pid: number(process, 'pid'),
    entity_id: text(process, 'exec_id'),
    working_directory: text(process, 'cwd'),
    user: text(process, 'user', 'name') ?? count(process, 'uid')?.toString(),
    ancestors: ancestors.length > 0 ? ancestors : undefined,
  });
}

function ancestor(process: Json | undefined): Ancestor | undefined {
  if (!isObject(process)) return undefined;
  return anyKnown({
    executable: text(process, 'binary'),
    command_line: commandLine(process),
    pid: number(process, 'pid'),
  });
}

/** Tetragon tells the arguments without the program; where there are none, nothing is added to `executable`. */
function commandLine(process: JsonObject): string | undefined {
  const words = text(process, 'arguments');
  return words === undefined ? undefined : `${text(process, 'binary') ?? ''} ${words}`;
}

export function placeOfEvent(body: JsonObject, process: JsonObject | undefined): Place {
  const pod = object(process, 'pod');
  const name = text(pod, 'name');
  return placeOf({
    host: text(body, 'node_name'),
    pod: name === undefined ? undefined : known({ name, namespace: text(pod, 'namespace') }),
    labels: object(pod, 'pod_labels'),
    annotations: object(pod, 'pod_annotations'),
    container: anyKnown({
      // `containerd://<id>`; outside of Kubernetes only the first 15 to 31 digits of the id are told.
      id: text(pod, 'container', 'id')?.replace(/^[a-z-]{1,16}:\/\//, '') ?? text(process, 'docker'),
      name: text(pod, 'container', 'name'),
      image: text(pod, 'container', 'image', 'name'),
    }),
    cwd: text(process, 'cwd'),
    variables: variablesOf(process),
  });
}

/** Told since 1.5 where `--enable-process-environment-variables` is set. */
function variablesOf(process: JsonObject | undefined): Variables | undefined {
  const entries = list(process, 'environment_variables');
  if (entries.length === 0) return undefined;
  const found = new Map(entries.map((entry) => [text(entry, 'key') ?? text(entry, 'Key'), entry]));
  return (name) => text(found.get(name), 'value') ?? text(found.get(name), 'Value');
}
