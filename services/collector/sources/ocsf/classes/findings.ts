// Findings, category 2. https://schema.ocsf.io/categories/findings

import { known, list, text } from '../../../fields.ts';
import { locationOf } from '../../../findings.ts';
import type { Piece } from '../../../source.ts';
import { type Event, namedActivity } from './event.ts';

/** 2002 to 2008, and 2001 of old: what was found, by whom, where. */
export function finding(event: Event): Piece {
  const { body } = event;
  const info = body.finding_info ?? body.finding ?? list(body, 'finding_info_list')[0];
  const vulnerability = list(body, 'vulnerabilities')[0];
  const code = list(vulnerability, 'affected_code')[0];
  const path =
    text(code, 'file', 'path') ??
    text(list(body, 'evidences')[0], 'file', 'path') ??
    text(list(body, 'resources')[0], 'name') ??
    text(list(body, 'resources')[0], 'uid');
  const action = text(body, 'activity_name') ?? text(body, 'status') ?? namedActivity(event);
  return {
    kind: 'alert',
    detail: known({
      action,
      tool: text(body, 'metadata', 'product', 'name'),
      rule:
        text(info, 'analytic', 'uid') ??
        text(info, 'analytic', 'name') ??
        text(vulnerability, 'cve', 'uid') ??
        text(list(info, 'types').find((type) => typeof type === 'string')) ??
        text(info, 'uid'),
      title: text(info, 'title') ?? text(body, 'message'),
      level: text(body, 'severity'),
      location: locationOf(path),
    }),
  };
}
