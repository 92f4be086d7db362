// The console in a real Chromium, on the sample, as somebody who has just typed `npm start`.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missing, openChromium } from './chromium.ts';

const root = join(import.meta.dirname, '../..');

describe.skipIf(missing)(`the console in Chromium${missing ? ` (left out: ${missing})` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'browser-'));
  let command: ChildProcess;
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];
  const asked = new Set<string>();

  beforeAll(async () => {
    command = spawn(process.execPath, ['services/pipewarden.ts', 'start', '--data', folder, '--port', '0'], {
      cwd: root,
    });
    const login = await loginOf(command);
    browser = await openChromium();
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('request', (request) => asked.add(new URL(request.url()).hostname));
    await page.goto(login);
  });

  afterAll(async () => {
    await browser?.close();
    command?.kill('SIGTERM');
    await new Promise((resolve) => command?.once('exit', resolve));
    rmSync(folder, { recursive: true, force: true });
  });

  test('the incident is on the first page, marked as sample data', async () => {
    expect(await page.getByText('Sample data:').isVisible()).toBe(true);
    await page.getByRole('link', { name: 'Known credential in a new context: lumen-works/storefront' }).first().click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Known credential in a new context');
  });

  test('its story, its pictures and the dry containment are there', async () => {
    const text = (await page.locator('main').textContent()) ?? '';
    expect(text).toContain('drop.sandbin.example');
    expect(text).toContain('python-requests');
    expect(text).toContain('nothing was sent');
    expect(text).toContain('/actions/runs/');
    expect(await page.locator('svg[role="img"], svg[aria-labelledby]').count()).toBeGreaterThanOrEqual(3);
  });

  test('a phone shows it without scrolling sideways', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const sideways = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    expect(sideways).toBeLessThanOrEqual(0);
  });

  test('nothing was fetched from elsewhere, and the browser had nothing to complain about', () => {
    expect([...asked]).toEqual(['127.0.0.1']);
    expect(problems).toEqual([]);
  });
});

/** The one-time link, once the sample has been replayed. */
async function loginOf(command: ChildProcess): Promise<string> {
  let printed = '';
  for await (const chunk of command.stdout ?? []) {
    printed += String(chunk);
    const link = /http:\S+\/login\?\S+/.exec(printed)?.[0];
    if (link && printed.includes('Ctrl-C stops')) return link;
  }
  throw new Error(`the command ended before it was ready: ${printed}`);
}
