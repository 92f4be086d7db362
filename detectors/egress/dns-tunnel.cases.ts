// Cases of dns-tunnel.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { contentId } from '../../services/core/json.ts';
import { SECOND } from '../../services/core/time.ts';

const AT = Date.UTC(2026, 2, 3, 14);

function asked(at: number, name: string) {
  return activityAt(
    at,
    'dns',
    { name },
    {
      source: 'tetragon',
      vcs: { repository: { name: 'example/app' } },
      cicd: { pipeline: { name: 'ci', task: { name: 'test' } } },
    },
  );
}

function piece(index: number, domain = 'collector.example'): string {
  const text = contentId('piece', String(index))
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '0')
    .padEnd(48, 'a1');
  return `${text.slice(0, 30)}.${text.slice(18, 48)}.${domain}`;
}

const pieces = Array.from({ length: 4 }, (_, index) => asked(AT - (6 - index) * SECOND, piece(index)));

export const cases: readonly DetectorCase[] = [
  {
    name: 'The fifth long random name under one domain within seconds',
    kind: 'hit',
    history: pieces,
    activity: asked(AT, piece(9)),
    expected: 'medium',
  },
  {
    name: 'The same name again and again',
    kind: 'near-miss',
    history: Array.from({ length: 8 }, (_, index) => asked(AT - (9 - index) * SECOND, piece(0))),
    activity: asked(AT, piece(0)),
    expected: null,
  },
  {
    name: 'Names that a cloud generates for its customers',
    kind: 'near-miss',
    history: Array.from({ length: 5 }, (_, index) => asked(AT - (6 - index) * SECOND, piece(index, 'cloudfront.net'))),
    activity: asked(AT, piece(9, 'cloudfront.net')),
    expected: null,
  },
  {
    name: 'One long name in a new job',
    kind: 'cold-start',
    history: [],
    activity: asked(AT, piece(1)),
    expected: null,
  },
  {
    name: 'A name of nothing',
    kind: 'malformed',
    history: pieces,
    activity: asked(AT, ''),
    expected: null,
  },
];
