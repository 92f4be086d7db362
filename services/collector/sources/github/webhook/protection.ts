// Guard rails: branch protection, rulesets, scanning, and the ways around them.
// https://docs.github.com/en/webhooks/webhook-events-and-payloads#branch_protection_rule (and #repository_ruleset …)
import type { ProtectionDetail } from '../../../../core/details/trust.ts';
import type { Json } from '../../../../core/json.ts';
import { at, known, list, object, text } from '../../../fields.ts';
import type { Delivery, Mapper, Piece } from '../shared/delivery.ts';
import { bypassers, loosened } from '../shared/guard.ts';

type Change = ProtectionDetail['change'];

const CHANGES: ReadonlyMap<string, Change> = new Map([
  ['created', 'added'],
  ['enabled', 'added'],
  ['deleted', 'removed'],
  ['disabled', 'removed'],
]);

export function branchProtection({ action, body }: Delivery): readonly Piece[] {
  const rule = at(body, 'rule');
  const weakened = Object.entries(object(body, 'changes') ?? {})
    .filter(([name, change]) => loosened(name, at(change, 'from'), at(rule, name)))
    .map(([name]) => name.replaceAll('_', ' '));
  const what = weakened.length > 0 ? `branch protection: ${weakened.join(', ')}` : 'branch protection';
  const change = weakened.length > 0 ? 'removed' : changeOf(action);
  return [{ kind: 'protection', detail: known({ change, what, target: text(rule, 'name') }) }];
}

export function ruleset({ action, body }: Delivery): readonly Piece[] {
  const found = at(body, 'repository_ruleset');
  const before = text(body, 'changes', 'enforcement', 'from');
  const off = before === 'active' && text(found, 'enforcement') !== 'active';
  const taken = list(body, 'changes', 'rules', 'deleted').flatMap((rule) => text(rule, 'type') ?? []);
  const detail = known({
    change: off || taken.length > 0 ? 'removed' : changeOf(action),
    what: off ? 'ruleset enforcement' : taken.length > 0 ? 'ruleset: rules' : 'ruleset',
    target: text(found, 'name'),
    reasons: taken.length > 0 ? taken : undefined,
    bypass: bypassers(at(found, 'bypass_actors')),
  });
  return [{ kind: 'protection', detail }];
}

/** Features of repository or organization that are switched: `changes.from` holds each feature's status before. */
export function securityAndAnalysis({ body }: Delivery): readonly Piece[] {
  const before = at(body, 'changes', 'from', 'security_and_analysis') ?? at(body, 'changes', 'from');
  const now = at(body, 'repository', 'security_and_analysis');
  const switched = Object.keys(object(now) ?? {}).filter((name) => status(now, name) !== status(before, name));
  const off = switched.filter((name) => status(before, name) === 'enabled');
  const words = (off.length > 0 ? off : switched).join(', ').replaceAll('_', ' ');
  const change = off.length > 0 ? 'removed' : 'changed';
  return [{ kind: 'protection', detail: { change, what: words === '' ? 'security and analysis' : words } }];
}

function status(features: Json | undefined, name: string): string | undefined {
  return text(features, name, 'status');
}

/** A guard rail in one word, switched as a whole. */
export function guard(what: string): Mapper {
  return ({ action }) => [{ kind: 'protection', detail: { change: changeOf(action), what } }];
}

const GRANTED: ReadonlySet<string> = new Set(['completed', 'approved', 'response_approved']);

/** A request to pass a guard rail: asked for, granted, refused. */
export function exemption(what: string): Mapper {
  return ({ action = 'requested' }) => {
    const change = GRANTED.has(action) ? 'overridden' : 'changed';
    return [{ kind: 'protection', detail: { change, what, reasons: [action] } }];
  };
}

function changeOf(action: string | undefined): Change {
  return CHANGES.get(action ?? '') ?? 'changed';
}
