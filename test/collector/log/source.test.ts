// A log's activities: their ids, their times, and what the redactor saw before them.
import { expect, test } from 'vitest';
import { redact } from '../../../services/collector/host/redact.ts';
import { circleciJobLog } from '../../../services/collector/sources/circleci/job-log.ts';
import { githubJobLog } from '../../../services/collector/sources/github/job-log.ts';
import { createRedactor } from '../../../services/redactor/engine.ts';
import { makeSecret } from '../../helpers/secrets.ts';
import { NOW } from '../collecting.ts';

const LOG = '##[group]Run make\n\u001b[36;1mmake\u001b[0m\nshell: sh\n##[endgroup]\n';

function stepIds(body: string, job = 'build') {
  const record = { source: 'github.job-log', received_at: NOW, redactions: {}, repository: 'acme/shop', run_id: '17' };
  const drafts = githubJobLog.normalize({ ...record, body, job });
  return drafts.filter(({ kind }) => kind === 'step').map(({ natural_id }) => natural_id);
}

test('a step has the same id each time, and another in another job or when it went on', () => {
  expect(stepIds(LOG)).toEqual(stepIds(LOG));
  expect(new Set([...stepIds(LOG), ...stepIds(LOG, 'test'), ...stepIds(`${LOG}more\n`)]).size).toBe(3);
});

test('a secret that lies across two messages of CircleCI is seen whole', () => {
  const token = makeSecret('github-personal-token', 1);
  const messages = [token.slice(0, 20), `${token.slice(20)}\n`].map((message) => ({
    message,
    time: '2026-03-04T09:53:58Z',
  }));
  const redactor = createRedactor({ key: new Uint8Array(32) });
  for (const body of [messages, JSON.stringify(messages)]) {
    const { body: text, redactions } = redact(
      { source: 'circleci.job-log', received_at: NOW, body },
      circleciJobLog,
      redactor,
    );
    expect(text).toMatch(/^\[redacted:github-personal-token:[0-9a-f]{16}\]\n$/);
    expect(redactions).toEqual({ 'github-personal-token': 1 });
  }
  expect(circleciJobLog.time(messages)).toBe(Date.parse('2026-03-04T09:53:58Z'));
});
