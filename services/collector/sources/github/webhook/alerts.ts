// Findings of GitHub's own scanners, and what becomes of them.
// https://docs.github.com/en/webhooks/webhook-events-and-payloads#code_scanning_alert (and #dependabot_alert, #secret_scanning_alert …)
import type { Json } from '../../../../core/json.ts';
import { anyKnown, at, known, list, number, text } from '../../../fields.ts';
import { type Delivery, headOf, type Mapper, type Piece, vcsOf } from '../shared/delivery.ts';

export function alert(delivery: Delivery): readonly Piece[] {
  const { action, event, body } = delivery;
  const found = at(body, 'alert') ?? at(body, 'security_advisory') ?? at(body, 'repository_advisory');
  const head = headOf(text(body, 'ref'), text(body, 'commit_oid') ?? text(body, 'location', 'details', 'commit_sha'));
  const detail = known({
    action: action ?? 'changed',
    tool: text(found, 'tool', 'name') ?? toolOf(event),
    rule: ruleOf(found),
    title: titleOf(found),
    level: levelOf(found),
    location: placeOf(body, found),
    verified: text(found, 'validity') === 'active' ? true : undefined,
  });
  const vcs = at(body, 'repository') ? vcsOf(delivery, { ref: anyKnown({ head }) }) : undefined;
  return [known({ kind: 'alert', vcs, detail })];
}

/** `secret_scanning_alert_location` → `secret scanning`. */
function toolOf(event: string): string {
  return event.replace(/_(?:alert|advisory|scan)(?:_location)?$/, '').replaceAll('_', ' ');
}

function ruleOf(found: Json | undefined): string | undefined {
  return (
    text(found, 'rule', 'id') ??
    text(found, 'secret_type') ??
    text(found, 'security_advisory', 'ghsa_id') ??
    text(found, 'ghsa_id') ??
    text(found, 'external_identifier')
  );
}

function titleOf(found: Json | undefined): string | undefined {
  return (
    text(found, 'rule', 'description') ??
    text(found, 'secret_type_display_name') ??
    text(found, 'security_advisory', 'summary') ??
    text(found, 'summary') ??
    text(found, 'affected_package_name')
  );
}

function levelOf(found: Json | undefined): string | undefined {
  return (
    text(found, 'rule', 'security_severity_level') ??
    text(found, 'rule', 'severity') ??
    text(found, 'security_advisory', 'severity') ??
    text(found, 'severity')
  );
}

/** Newer deliveries tell the newest instance, older ones all; a dependency's place is its manifest. */
function placeOf(body: Delivery['body'], found: Json | undefined) {
  const instance = at(found, 'most_recent_instance') ?? list(found, 'instances')[0];
  const place = at(instance, 'location') ?? at(body, 'location', 'details');
  const path = text(place, 'path') ?? text(found, 'dependency', 'manifest_path');
  return path === undefined ? undefined : known({ path, line: number(place, 'start_line') });
}

/** Somebody asked to have an alert dismissed, or answered. */
export function dismissal(tool: string): Mapper {
  return ({ action }) => [{ kind: 'alert', detail: { action: `dismissal_${action ?? 'changed'}`, tool } }];
}
