import { describe, expect, it } from 'vitest';
import { CHAIN_START, chain } from '../../services/core/audit.ts';
import { PipewardenError } from '../../services/core/errors.ts';
import { contentId } from '../../services/core/json.ts';
import { DAY, MINUTE } from '../../services/core/time.ts';
import { consoleUnderTest } from '../helpers/console.ts';
import { ATTACK_TIME, activity, dryRun, fill, findingRecord, incidentOf, logActivity } from '../helpers/incidents.ts';
import { problemsOf } from '../helpers/markup.ts';

const week = findingRecord({ picture: { type: 'week', hours: Array(168).fill(1), at: 147, zone: 'UTC+01:00' } });
const egress = findingRecord({
  at: ATTACK_TIME + 9 * MINUTE,
  detector: 'new-workflow-egress',
  severity: 'critical',
  title: 'Pipeline sent data to a host it never used',
  tactics: ['TA0010', 'TA0006'],
  surprise: 16.8,
  behind: [logActivity(['npm ci', 'POST https://collect.drop.example/', 'done'], ATTACK_TIME, 1187)],
  picture: { type: 'known-and-new', what: 'destinations', known: [], fresh: ['drop.example'] },
});
const rule = findingRecord({
  at: ATTACK_TIME + 4 * MINUTE,
  detector: 'protection-removed',
  severity: 'high',
  surprise: null,
  picture: { type: 'delta', lines: [{ sign: '-', text: 'branch protection on main' }] },
});
const attack = incidentOf([week, egress, rule], { title: 'Secrets of harbor/checkout left' });

async function attacked() {
  const made = consoleUnderTest();
  await fill(made.store, { findings: [week, egress, rule], incidents: [attack], runs: [dryRun(attack.id)] });
  return made;
}

describe('the list of incidents', () => {
  it('says what to do while there is nothing, and looks again by itself', async () => {
    const html = await consoleUnderTest().html('/');
    expect(html).toContain('Nothing unusual so far');
    expect(html).toContain('pipewarden doctor');
    expect(html).toContain('http-equiv="refresh"');
    expect(problemsOf(html)).toEqual([]);
  });

  it('shows of each incident how bad it is, what it touches, when it was, and what is done about it', async () => {
    const html = await (await attacked()).html('/');
    expect(html).toContain('Secrets of harbor/checkout left');
    expect(html).toContain('critical</span>');
    expect(html).toContain('dry run: 2 steps');
    expect(html).toContain('title="2026-03-01 02:14:08 UTC">3 h ago</time>');
    expect(html).not.toContain('http-equiv="refresh"');
    expect(problemsOf(html)).toEqual([]);
  });

  it('shows the open ones, unless another status or a severity is asked for', async () => {
    const made = await attacked();
    const closed = incidentOf([findingRecord({ at: ATTACK_TIME - DAY })], { status: 'closed', title: 'Old story' });
    await fill(made.store, { incidents: [closed] });
    expect(await made.html('/')).not.toContain('Old story');
    expect(await made.html('/?status=closed')).toContain('Old story');
    expect(await made.html('/?status=all&severity=low')).not.toContain('Secrets of');
    expect(await made.html('/?status=all')).toMatch(/Secrets of[\s\S]*Old story/);
    expect(await made.html('/?status=merged')).toContain('No incident fits this filter');
    expect(await made.html('/?status=nonsense&severity=%3Cscript%3E')).toContain('Secrets of');
  });

  it('comes in pages of fifty, none lost and none twice', async () => {
    const made = consoleUnderTest();
    const incidents = Array.from({ length: 120 }, (_, index) =>
      incidentOf([findingRecord({ id: contentId('many', index) })], { title: `Story ${index}.` }),
    );
    await fill(made.store, { incidents });
    const seen: string[] = [];
    let path: string | undefined = '/';
    for (let pages = 1; path !== undefined; pages++) {
      expect(pages).toBeLessThanOrEqual(3);
      const html = await made.html(path);
      seen.push(...[...html.matchAll(/Story \d+\./g)].map(String));
      path = /href="([^"]+)" rel="next"/.exec(html)?.[1]?.replaceAll('&amp;', '&');
    }
    expect(new Set(seen).size).toBe(120);
    expect(seen).toHaveLength(120);
  });

  it('refuses a place in the list that never was', async () => {
    const answer = await consoleUnderTest().get('/?after=nowhere');
    expect(answer.status).toBe(400);
    expect(problemsOf(await answer.text())).toEqual([]);
  });
});

describe('an incident', () => {
  it('tells its story, in order, with the evidence of each step', async () => {
    const html = await (await attacked()).html(`/incidents/${attack.id}`);
    expect(problemsOf(html)).toEqual([]);
    expect(html.match(/href="#finding-/g)).toHaveLength(3);
    expect(html.indexOf(`id="finding-${week.finding.id}"`)).toBeLessThan(
      html.indexOf(`id="finding-${egress.finding.id}"`),
    );
    expect(html).toContain('<strong>about 1 in 680</strong>');
    expect(html).toContain('a rule: no probability');
    expect(html).toContain('The usual week, by hour, in UTC+01:00');
    expect(html).toContain('new: never before');
    expect(html).toContain('removed: </span><bdi>branch protection on main');
    expect(html).toMatch(/Initial access[\s\S]*Credential access[\s\S]*Exfiltration/);
  });

  it('shows the records behind a finding, log lines by their numbers with the new host marked', async () => {
    const html = await (await attacked()).html(`/incidents/${attack.id}`);
    expect(html).toContain('&quot;ref&quot;: &quot;refs/heads/main&quot;');
    expect(html).toContain('<li value="1187">npm ci</li>');
    expect(html).toContain('<li value="1188" class="hit"><mark>POST https://collect.drop.example/</mark></li>');
  });

  it('shows of the containment what would be sent, to what, and the way back', async () => {
    const html = await (await attacked()).html(`/incidents/${attack.id}`);
    expect(html).toContain('Dry run: nothing was sent.');
    expect(html).toMatch(/POST<\/bdi><\/span> <bdi>\/repos\/harbor\/checkout\/actions\/runs\/9127\/cancel/);
    expect(html).toContain('&quot;by&quot;: &quot;pipewarden&quot;');
    expect(html).toContain('cannot be undone');
    expect(html).toContain('needs the approval of 2 people');
    expect(html).toContain('Enable the workflow again.');
  });

  it('shows who did what, and the place of each entry in the audit chain', async () => {
    const made = await attacked();
    expect(await made.html(`/incidents/${attack.id}`)).toContain('not chained yet');
    for (const [index, entry] of dryRun(attack.id).audit.entries()) {
      await made.store.put('audit', entry.id, chain(index + 41, CHAIN_START, entry), 'absent');
    }
    const html = await made.html(`/incidents/${attack.id}`);
    expect(html).toMatch(/<td>41<\/td>[\s\S]*playbook-run\.created[\s\S]*<td>42<\/td>[\s\S]*playbook-run\.planned/);
    expect(html).not.toContain('not chained yet');
  });

  it('leads on to the one it was merged into', async () => {
    const made = await attacked();
    const merged = incidentOf([findingRecord({ at: ATTACK_TIME - DAY })], { status: 'merged', merged_into: attack.id });
    await fill(made.store, { incidents: [merged] });
    expect(await made.html(`/incidents/${merged.id}`)).toContain(`<a href="/incidents/${attack.id}">`);
  });

  it('says who closed it and why', async () => {
    const made = consoleUnderTest();
    const verdict = { verdict: 'expected', by: 'ada', reason: 'Announced.', time: '2026-03-02T08:00:00Z' } as const;
    const closed = incidentOf([week], { status: 'closed', verdict });
    await fill(made.store, { incidents: [closed] });
    const html = await made.html(`/incidents/${closed.id}`);
    expect(html).toMatch(/<strong>expected<\/strong>, says <bdi>ada<\/bdi>[\s\S]*Announced\./);
    expect(problemsOf(html), 'its finding is no longer kept').toEqual([]);
  });

  it('draws a log of ten thousand lines around what matters', async () => {
    const lines = Array.from({ length: 10_000 }, (_, index) =>
      index === 7_000 ? 'GET drop.example' : `line ${index}`,
    );
    const record = findingRecord({
      behind: [logActivity(lines)],
      picture: { type: 'known-and-new', what: 'destinations', known: [], fresh: ['drop.example'] },
    });
    const made = consoleUnderTest();
    await fill(made.store, { findings: [record] });
    const html = await made.html(`/findings/${record.finding.id}`);
    expect(html).toContain('<li value="7001" class="hit">');
    expect(html).toContain('9,700 more lines not shown');
    expect(html.match(/<li value=/g)).toHaveLength(300);
  });
});

describe('a very large incident', () => {
  it('still makes a page that a browser can hold', async () => {
    const lines = Array(200).fill('\u202Ex'.repeat(500));
    const findings = Array.from({ length: 60 }, (_, index) =>
      findingRecord({ id: contentId('large', index), behind: [logActivity(lines)] }),
    );
    const incident = incidentOf(findings);
    const made = consoleUnderTest();
    await fill(made.store, { findings: findings.slice(0, 10), incidents: [incident] });
    const html = await made.html(`/incidents/${incident.id}`);
    expect(html.length).toBeLessThan(10_000_000);
    expect(html).toContain(`Not shown here: <a href="/findings/`);
  });
});

describe('a finding of its own', () => {
  it('shows what to do next and when it is harmless', async () => {
    const html = await (await attacked()).html(`/findings/${week.finding.id}`);
    expect(html).toContain('Ask the author, on another channel');
    expect(html).toContain('The author travels.');
    expect(problemsOf(html)).toEqual([]);
  });

  it('links only to runs that https leads to, and names the host', async () => {
    const linked = (url: string) =>
      findingRecord({ id: contentId(url), behind: [activity({ cicd: { pipeline: { run: { id: '1', url } } } })] });
    const made = consoleUnderTest();
    const safe = linked('https://ci.example/runs/1');
    const tricky = linked('javascript:alert(1)');
    await fill(made.store, { findings: [safe, tricky] });
    expect(await made.html(`/findings/${safe.finding.id}`)).toContain('href="https://ci.example/runs/1"');
    expect(await made.html(`/findings/${tricky.finding.id}`)).not.toContain('href="javascript');
  });
});

describe('every page', () => {
  it('says that sample data is sample data, and whether anything is sent', async () => {
    expect(await consoleUnderTest({ sample: true }).html('/')).toContain('Sample data:');
    expect(await consoleUnderTest().html('/')).not.toContain('Sample data:');
    expect(await consoleUnderTest({ mode: 'dry' }).html('/')).toContain('dry run: nothing is sent');
    expect(await consoleUnderTest({ mode: 'act' }).html('/')).toContain('acting');
  });

  it('says when a part of the process fails', async () => {
    const health = () => ({ ready: false, parts: [{ name: 'collector', ok: false, note: 'port 7118 is taken' }] });
    const html = await consoleUnderTest({ health }).html('/');
    expect(html).toContain('port 7118 is taken');
    expect(problemsOf(html)).toEqual([]);
  });

  it('is missing in words', async () => {
    for (const path of [
      '/incidents/none',
      '/findings/none',
      '/nowhere',
      '/incidents/%3Cscript%3E',
      '/incidents/..%2f..',
    ]) {
      const answer = await consoleUnderTest().get(path);
      expect(answer.status, path).toBe(404);
      expect(problemsOf(await answer.text()), path).toEqual([]);
    }
  });

  it('says that the store does not answer', async () => {
    const made = consoleUnderTest();
    await made.get('/');
    await made.store.close();
    expect((await made.get('/')).status).toBe(503);
    const broken = consoleUnderTest({
      health: () => {
        throw new PipewardenError('INTERNAL', { problem: 'inside' });
      },
    });
    const answer = await broken.get('/');
    expect(answer.status).toBe(500);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await answer.text()).not.toContain('inside');
  });
});
