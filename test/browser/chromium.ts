// The Chromium of this machine, where there is one.
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const EXECUTABLE = '/usr/bin/chromium';
export const missing = existsSync(EXECUTABLE) ? undefined : `no ${EXECUTABLE} here`;

export async function openChromium(): Promise<Browser> {
  return await chromium.launch({
    executablePath: EXECUTABLE,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync', '--no-first-run'],
  });
}
