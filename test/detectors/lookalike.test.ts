// Which names are made to be taken for another.
import { expect, test } from 'vitest';
import { lookalikeOf } from '../../detectors/egress/lookalike.ts';

const KNOWN = ['harborsecurity.com', 'mirror1.example', 'packages.example'];

test.each([
  ['harborsecurtiy.org', 'harborsecurity.com'],
  ['harborsecurty.com', 'harborsecurity.com'],
  ['harborsecurityy.com', 'harborsecurity.com'],
  ['harb0rsecurity.com', 'harborsecurity.com'],
  ['harborsecurity.zone', 'harborsecurity.com'],
  ['githvb.com', 'github.com'],
  ['gihtub.com', 'github.com'],
  ['npmjs.help', 'npmjs.org'],
])('%s looks like %s', (name, like) => {
  expect(lookalikeOf(name, KNOWN)).toBe(like);
});

test.each([
  'harborsecurity.com',
  'github.com',
  'mirror2.example',
  'mirror.example',
  'github.dev',
  'github.org',
  'packages2.example',
])('%s looks like none', (name) => {
  expect(lookalikeOf(name, KNOWN)).toBeUndefined();
});

test('customers of a hosting service are strangers, and short names are one edit away from many', () => {
  expect(lookalikeOf('acme.github.io', ['acmee.github.io'])).toBeUndefined();
  expect(lookalikeOf('abcd.com', ['abce.com'])).toBeUndefined();
});
