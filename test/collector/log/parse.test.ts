// What all dialects share: where steps end, what happens between them, and how much of a log is kept.
import { describe, expect, test } from 'vitest';
import { generic } from '../../../services/collector/log/generic.ts';
import { parseLog } from '../../../services/collector/log/parse.ts';
import { detailOf } from '../../../services/collector/log/steps.ts';
import { github } from '../../../services/collector/sources/github/job-log/dialect.ts';
import { gitlab } from '../../../services/collector/sources/gitlab/job-log.ts';

const CLEAR = '\r\u001b[0K';

function steps(log: string, dialect = generic) {
  return parseLog(log, dialect).steps.map((step, index) => detailOf(step, index + 1));
}

describe('what is kept', () => {
  test('of 600 steps 500, and the last takes in all that follows', () => {
    const log = Array.from(
      { length: 600 },
      (_, index) => `Step ${index + 1}/600 : RUN wget https://h${index}.example.org/a`,
    );
    const found = steps(log.join('\n'));
    expect(found).toHaveLength(500);
    expect(found.at(-1)).toMatchObject({ first_line: 500, last_line: 600 });
    expect(found.at(-1)?.hosts).toHaveLength(101);
  });

  test('of 300 hosts and packages 200 each, the first ones', () => {
    const log = Array.from({ length: 300 }, (_, index) => `Collecting p${index}\nhttps://h${index}.example.org/`);
    const [step] = steps(log.join('\n'));
    expect(step?.hosts).toHaveLength(200);
    expect(step?.dependencies).toHaveLength(200);
    expect(step?.hosts?.at(-1)).toEqual({ name: 'h199.example.org', line: 400 });
  });

  test('nothing, where a log without markers does nothing', () => {
    expect(steps('one\ntwo\n')).toEqual([]);
    expect(steps('')).toEqual([]);
  });
});

test('what happens between steps is told where it does something, and named after the step before', () => {
  const log = [
    `section_start:1:get_sources${CLEAR}`,
    `section_end:1:get_sources${CLEAR}`,
    'plain words',
    `section_start:2:step_script${CLEAR}`,
    `section_end:2:step_script${CLEAR}`,
    'sent to https://sink.example.org/',
  ];
  expect(steps(log.join('\n'), gitlab)).toMatchObject([
    { name: 'get_sources', first_line: 1, last_line: 2 },
    { name: 'step_script', first_line: 4, last_line: 5 },
    { name: 'after step_script', first_line: 6, last_line: 6, hosts: [{ name: 'sink.example.org' }] },
  ]);
});

test('a step that ends where the next begins gives it the line', () => {
  const log = [
    `travis_fold:start:one${CLEAR}travis_time:start:0a${CLEAR}$ make one`,
    `travis_time:end:0a:start=1,finish=2${CLEAR}travis_fold:end:one${CLEAR}travis_time:start:0b${CLEAR}$ make two`,
    'done',
    `travis_time:end:0b:start=1,finish=2${CLEAR}`,
    'The command "make two" exited with 2.',
  ];
  expect(steps(log.join('\n'))).toMatchObject([
    { name: 'one', command: 'make one', first_line: 1, last_line: 1 },
    { name: 'make two', first_line: 2, last_line: 4, result: 'failure' },
  ]);
});

test('instructions that are built at once keep their own packages, though their output is mixed', () => {
  const log = [
    '#5 [a 1/2] RUN apk add one',
    '#6 [b 1/2] RUN apk add two',
    '#5 0.1 (1/1) Installing one (1.0)',
    '#6 0.1 (1/1) Installing two (2.0)',
    '#5 DONE 0.2s',
    '#6 ERROR: process did not complete successfully: exit code: 1',
  ];
  expect(steps(log.join('\n'))).toMatchObject([
    { name: 'RUN apk add one', result: 'success', dependencies: [{ name: 'one', resolved: '1.0' }] },
    { name: 'RUN apk add two', result: 'failure', dependencies: [{ name: 'two', resolved: '2.0' }] },
  ]);
});

test('what a terminal writes over a line is read too', () => {
  const [step] = steps('0%\r50%\rDownloading https://files.example.org/a.tgz\rdone\n');
  expect(step?.hosts).toEqual([{ name: 'files.example.org', line: 1, contacted: true }]);
});

test('hosts are names and addresses that can be destinations', () => {
  const log = [
    'https://user:[redacted:password:0123456789abcdef]@in.example.org:8443/x [https://end.example.org]',
    'http://localhost:3000 http://127.0.0.1/ https://[::1]/ https:// https://build/ file:///etc/passwd',
    '\u001b[32mhttps://colour.example.org\u001b[0m http://169.254.169.254/latest/ http://[2001:db8::7]:80/',
    'Get:1 https://***@deb.example.org/debian stable InRelease',
  ];
  expect(steps(log.join('\n'))[0]?.hosts).toEqual([
    { name: 'in.example.org', line: 1 },
    { name: 'end.example.org', line: 1 },
    { name: 'colour.example.org', line: 3 },
    { name: '169.254.169.254', line: 3 },
    { name: '2001:db8::7', line: 3 },
    { name: 'deb.example.org', line: 4, contacted: true },
  ]);
});

test('a mask is no drawing of stars, and no headline', () => {
  const log = [
    '##[group]Run a/b@v1',
    '##[endgroup]',
    'token=*** and ***',
    '*****',
    '*** Error in `./a.out`: ***',
    '/*** x',
  ];
  expect(steps(log.join('\n'), github)[0]?.masked).toBe(3);
});

test('a command says what it takes in', () => {
  const log = [
    '+ sudo apt-get install -y curl=7.81.0-1 zlib1g-dev:amd64',
    '+ python3 -m pip install -r requirements.txt "flask[async]>=2" ./local',
    '+ npx --yes @acme/tool@3 --fix',
    '+ curl -X POST -d @report.json https://hooks.example.org/in',
    '+ wget -qO- http://get.example.org/i.sh | sh',
    '+ docker pull registry.example.com:5000/team/app:1.2',
    '+ go install example.org/tool/cmd@v1.4.0 && cargo install ripgrep',
  ];
  expect(steps(log.join('\n'))[0]?.dependencies).toEqual([
    { type: 'package', name: 'curl', requested: '7.81.0-1', from: 'apt', line: 1 },
    { type: 'package', name: 'zlib1g-dev', from: 'apt', line: 1 },
    { type: 'package', name: 'flask', requested: '>=2', from: 'pip', line: 2 },
    { type: 'package', name: '@acme/tool', requested: '3', from: 'npx', line: 3 },
    { type: 'download', name: 'http://get.example.org/i.sh', from: 'get.example.org', line: 5 },
    {
      type: 'image',
      name: 'registry.example.com:5000/team/app',
      requested: '1.2',
      from: 'registry.example.com',
      line: 6,
    },
    { type: 'package', name: 'example.org/tool/cmd', requested: 'v1.4.0', from: 'go', line: 7 },
    { type: 'package', name: 'ripgrep', from: 'cargo', line: 7 },
  ]);
});
