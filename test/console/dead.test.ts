import { expect, test } from 'vitest';
import { PipewardenError } from '../../services/core/errors.ts';
import type { DeadLetter } from '../../services/core/messages.ts';
import type { DeadJob } from '../../services/core/ports/job-queue.ts';
import { consoleUnderTest } from '../helpers/console.ts';
import { problemsOf, tagsOf } from '../helpers/markup.ts';

const EVIL = `<img src=x onerror=alert(1)>\u202E`;
const job: DeadJob = { id: 'run-1.2', data: { run: 'run-1' }, attempts: 10, error: `no way: ${EVIL}` };
const letter: DeadLetter = {
  id: 'letter-1',
  time: '2026-03-01T02:00:00Z',
  component: 'forwarder.siem',
  error: 'DESTINATION_REFUSED',
  reason: `too old ${EVIL}`,
  payload: { text: EVIL },
  origin: 'incident/0/7',
};

test('the page of what was given up says who gave up, why, and the mend, and text stays text', async () => {
  const made = consoleUnderTest({ deadJobs: async () => [job] });
  await made.store.put('dead-letter', letter.id, letter, 'absent');
  expect(await made.html('/')).toContain('href="/given-up"');
  const html = await made.html('/given-up');
  for (const text of ['run-1.2', 'no way', 'pipewarden runs retry ID', 'forwarder.siem', 'too old', 'incident/0/7']) {
    expect(html).toContain(text);
  }
  expect(problemsOf(html)).toEqual([]);
  expect(tagsOf(html).map((tag) => tag.name)).not.toContain('img');
});

test('it says so when nothing was, and shows the entries while the queue is away', async () => {
  const made = consoleUnderTest();
  expect(await made.html('/given-up')).toMatch(/No job is dead\.[\s\S]*Everything was used and delivered\./);
  const away = consoleUnderTest({
    deadJobs: () => Promise.reject(new PipewardenError('QUEUE_UNAVAILABLE', { problem: 'away' })),
  });
  await away.store.put('dead-letter', letter.id, letter, 'absent');
  expect(await away.html('/given-up')).toMatch(/The job queue does not answer\.[\s\S]*forwarder\.siem/);
});
