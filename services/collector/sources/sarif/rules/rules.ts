// The rules that a run's tool and its extensions declare, and which of them a result breaks.
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html §3.19, §3.49, §3.52
import { isObject, type Json } from '../../../../core/json.ts';
import { at, list, number, text } from '../../../fields.ts';

interface Rule {
  readonly id?: string | undefined;
  readonly title?: string | undefined;
  readonly level?: string | undefined;
  /** As it is declared. */
  readonly declared?: Json | undefined;
}

export interface Rules {
  /** Name of the tool's driver. */
  readonly tool: string;
  of(result: Json): Rule;
}

export function rulesOf(run: Json): Rules {
  const driver = at(run, 'tool', 'driver');
  const components = [driver, ...list(run, 'tool', 'extensions')];
  const lists = components.map((component) => list(component, 'rules'));
  const byId = new Map(lists.flat().map((rule) => [text(rule, 'id'), rule] as const));
  return {
    tool: text(driver, 'name') ?? 'unnamed',
    of(result) {
      const id = text(result, 'ruleId') ?? text(result, 'rule', 'id');
      const rule = byIndex(lists, result) ?? (id === undefined ? undefined : byId.get(id));
      return {
        id: id ?? text(rule, 'id'),
        title: text(rule, 'shortDescription', 'text') ?? text(rule, 'name'),
        level: text(rule, 'defaultConfiguration', 'level'),
        declared: rule,
      };
    },
  };
}

/** A result may name its rule by its place; −1 says that it does not. Without a component it is the driver's. */
function byIndex(lists: readonly (readonly Json[])[], result: Json): Json | undefined {
  const index = number(result, 'rule', 'index') ?? number(result, 'ruleIndex') ?? -1;
  const component = number(result, 'rule', 'toolComponent', 'index') ?? -1;
  const named = isObject(at(result, 'rule', 'toolComponent')) && component === -1;
  return named ? undefined : lists[component + 1]?.[index];
}
