// The program that Harden-Runner names, with those that started it: `{"name","sha256","parent":{…}}`.
import type { Ancestor, Process } from '../../../../core/activity.ts';
import { isObject, type Json } from '../../../../core/json.ts';
import { anyKnown, text } from '../../../fields.ts';

const DEEPEST = 15;

export function processOf(tool: Json | undefined): Process | undefined {
  const executable = nameOf(tool);
  const ancestors: Ancestor[] = [];
  let above = isObject(tool) ? tool.parent : undefined;
  while (isObject(above) && ancestors.length < DEEPEST) {
    const name = nameOf(above);
    if (name !== undefined) ancestors.push({ executable: name });
    above = above.parent;
  }
  return anyKnown({ executable, ancestors: ancestors.length > 0 ? ancestors : undefined });
}

/** The agent writes `Unknown` where it could not tell. */
function nameOf(tool: Json | undefined): string | undefined {
  const name = text(tool, 'name');
  return name === 'Unknown' ? undefined : name;
}
