import { describe, expect, it } from 'vitest';
import { CHAIN_START, chain } from '../../services/core/audit.ts';
import type { FindingRecord } from '../../services/core/finding.ts';
import type { Incident } from '../../services/core/incident.ts';
import type { PlaybookRun } from '../../services/core/playbook.ts';
import { type ConsoleUnderTest, consoleUnderTest, login } from '../helpers/console.ts';
import {
  ATTACK_TIME,
  actingRun,
  activity,
  detectorInfo,
  dryRun,
  fill,
  findingRecord,
  incidentOf,
  logActivity,
} from '../helpers/incidents.ts';
import { problemsOf, tagsOf } from '../helpers/markup.ts';

const EVIL = `"'><script>alert(1)</script><img src=x onerror=alert(1)>\u001b[31m\u202Eexe\u200B\u0000${'A'.repeat(900)}`;
/** Words that the pages choose by; everything else that a document says is somebody's text. */
const KEPT =
  /^(id|kind|type|status|severity|mode|sign|verdict|is|incident|findings?|merged_into|time|opened|updated|created|outcome)$/;

/** The same document with every text replaced. */
function poisoned<Document>(document: Document, key?: string): Document;
function poisoned(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => poisoned(item, key));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, poisoned(inner, name)]));
  }
  return typeof value === 'string' && !KEPT.test(key) ? EVIL : value;
}

async function poisonedConsole(): Promise<
  ConsoleUnderTest & { readonly incident: string; readonly findings: readonly string[] }
> {
  const records: FindingRecord[] = [
    findingRecord({ picture: { type: 'week', hours: [], at: 3, zone: 'UTC' }, behind: [everything()] }),
    findingRecord({
      at: ATTACK_TIME + 1,
      detector: 'b',
      behind: [logActivity(['one', 'two'])],
      picture: { type: 'known-and-new', what: 'x', known: [{ value: 'v', times: 1 }], fresh: ['w'] },
    }),
    findingRecord({
      at: ATTACK_TIME + 2,
      detector: 'c',
      picture: { type: 'delta', lines: [{ sign: '~', text: 'x' }] },
    }),
  ];
  const verdict = { verdict: 'malicious', by: 'x', reason: 'x', time: '2026-03-01T09:00:00Z' } as const;
  const incident: Incident = incidentOf(records, { verdict });
  const run: PlaybookRun = dryRun(incident.id);
  const plan = {
    id: 'x',
    actions: [{ action: 'x', kind: 'notify', target: 'x', reversible: true, approval: null }],
  } as const;
  const entries = run.audit.map((entry, index) => chain(index + 1, CHAIN_START, entry));
  const detectors = [detectorInfo(), detectorInfo({ id: 'b' })];
  const parts = [{ name: EVIL, ok: false, note: EVIL }];
  const made = consoleUnderTest({ detectors, sample: true, health: () => ({ ready: false, parts }) });
  await fill(made.store, {
    findings: records.map((record) => poisoned(record)),
    incidents: [{ ...poisoned({ ...incident, playbooks: [plan] }), status: 'closed' }],
    runs: [{ ...poisoned(run), steps: poisoned(run.steps.map((step) => ({ ...step, problem: 'x' }))) }],
  });
  for (const entry of entries) await made.store.put('audit', entry.entry.id, poisoned(entry), 'absent');
  return { ...made, incident: incident.id, findings: incident.findings };
}

function everything() {
  return activity({
    credential: { id: 'x', type: 'x' },
    client: { address: 'x', country_iso_code: 'x', user_agent: 'x' },
    vcs: { repository: { name: 'x' }, ref: { head: { name: 'x', revision: 'x' } }, change: { id: 'x', title: 'x' } },
    cicd: { pipeline: { name: 'x', run: { id: 'x', url: 'x' }, task: { name: 'x' } }, worker: { labels: ['x'] } },
    input: 'x',
    organization: 'x',
  });
}

describe('text of an attacker', () => {
  it('stays text on every page', async () => {
    const made = await poisonedConsole();
    const paths = ['/?status=all', `/incidents/${made.incident}`, ...made.findings.map((id) => `/findings/${id}`)];
    for (const path of paths) {
      const answer = await made.get(path);
      const html = await answer.text();
      expect(answer.status, path).toBe(200);
      expect(problemsOf(html), path).toEqual([]);
      const names = new Set(tagsOf(html).map((tag) => tag.name));
      expect(
        [...names].filter((name) => ['script', 'img', 'iframe', 'object', 'style', 'form'].includes(name)),
      ).toEqual([]);
      const active = tagsOf(html).filter(({ attributes }) =>
        /\s(on\w+|style|srcdoc)=|="\s*javascript:/i.test(bare(attributes)),
      );
      expect(active).toEqual([]);
      expect(html.replaceAll('\n', '').match(/.{0,60}[\p{Cc}\p{Bidi_Control}\u200B]/u)?.[0], path).toBeUndefined();
      expect(html, path).toContain('⟦U+202E⟧');
    }
  });

  it('stays text where somebody decides, whatever they are called and said', async () => {
    const made = await poisonedConsole();
    const acting = actingRun(made.incident);
    const say = { by: EVIL, reason: EVIL, channel: EVIL, time: acting.created };
    const steps = acting.steps.map((step) => {
      const { expires } = step;
      return { ...poisoned(step), ...(expires && { expires, approvals: [say] }) };
    });
    await made.store.put('run', acting.id, { ...acting, steps }, 'any');
    const cookie = await login(made, `${EVIL}!`);
    const html = await (await made.app.request(`/runs/${acting.id}`, { headers: { Cookie: cookie } })).text();
    expect(html.match(/<form/g)).toHaveLength(2);
    expect(problemsOf(html)).toEqual([]);
    expect(tagsOf(html).filter((tag) => ['script', 'img'].includes(tag.name))).toEqual([]);
    expect(html.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u200B]/u);
  });

  it('is cut, with the whole behind it', async () => {
    const made = await poisonedConsole();
    const html = await made.html(`/incidents/${made.incident}`);
    expect(html).toContain('<span class="more">all ');
    expect(html).toContain('A'.repeat(900));
  });
});

/** Attributes whose values are plain words gone, so that only names and links are left to look at. */
function bare(attributes: string): string {
  return attributes.replaceAll(/(title|aria-label|content)="[^"]*"/g, '');
}
