// Somebody is asked to decide, in a real Chromium: from the link in a mail, through the login, to what was said.

import { randomBytes } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Served, serveApp } from '../../services/cli/serve.ts';
import { decisionLinks } from '../../services/core/decision-link.ts';
import type { PlaybookRun } from '../../services/core/playbook.ts';
import { type ConsoleUnderTest, consoleUnderTest, KEY } from '../helpers/console.ts';
import { actingRun, fill, findingRecord, incidentOf } from '../helpers/incidents.ts';
import { missing, openChromium } from './chromium.ts';

describe.skipIf(missing)(`a decision in Chromium${missing ? ` (left out: ${missing})` : ''}`, () => {
  const incident = incidentOf([findingRecord()], { id: 'incident-1' });
  const run = actingRun(incident.id);
  let made: ConsoleUnderTest;
  let served: Served;
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    made = consoleUnderTest({ mode: 'act' });
    await fill(made.store, { findings: [findingRecord()], incidents: [incident], runs: [run] });
    served = await serveApp(made.app, { host: '127.0.0.1', port: 0 }, 'port');
    browser = await openChromium();
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
  });

  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  test('leads from the link through the login back to the question', async () => {
    const [link] = decisionLinks(run, { key: KEY, random: randomBytes, now: made.now(), base: served.url });
    await page.goto(link?.url ?? '');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('A login link is needed');
    await page.goto(`${served.url}${made.loginPath('ann')}`);
    await page.getByRole('button', { name: 'I am ann' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('May this be done?');
  });

  test('wants a reason, and is taken with one', async () => {
    await page.getByRole('button', { name: 'Agree' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('May this be done?');
    await page.getByLabel('Why, in the name of ann').fill('I see it too');
    await page.getByRole('button', { name: 'Agree' }).click();
    await page.waitForURL(/\/runs\//);
    expect(await page.getByText('I see it too').isVisible()).toBe(true);
    const { body } = (await made.store.get<PlaybookRun>('run', run.id)) ?? {};
    expect(body?.steps[0]?.approvals).toMatchObject([{ by: 'ann', channel: 'link' }]);
  });

  test('undoes what was done, and a phone shows it all without scrolling sideways', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBeLessThanOrEqual(0);
    await page.getByText('Undo it').click();
    const undo = page.getByRole('button', { name: 'Undo' });
    await page.locator('form', { has: undo }).getByRole('textbox').fill('it was a drill');
    await undo.click();
    await page.waitForURL(/step-.*-2$/);
    const { body } = (await made.store.get<PlaybookRun>('run', run.id)) ?? {};
    expect(body?.steps[1]?.status).toBe('undoing');
  });

  test('is not taken from a page elsewhere', async () => {
    const stranger = await browser.newPage();
    const [cookie] = await page.context().cookies();
    await stranger.context().addCookies(cookie ? [cookie] : []);
    await stranger.goto('data:text/html,<form method="post"><button>go</button></form>');
    await stranger.evaluate(`document.forms[0].action = '${served.url}/runs/${run.id}/steps/1'`);
    await stranger.getByRole('button').click();
    await stranger.waitForURL(/\/runs\//);
    expect(await stranger.textContent('body')).toMatch(/sent from another page|login link is needed/);
    await stranger.close();
  });

  test('leaves the browser nothing to complain about', () => {
    expect(problems.filter((each) => !each.includes('401'))).toEqual([]);
  });
});
