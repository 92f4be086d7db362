// Markers are counted where they stand; anybody may have written one.
import { expect, test } from 'vitest';
import { marker, markersIn } from '../../services/redactor/marker.ts';

test('markers are counted by kind, whatever the kind is called', () => {
  const print = 'a'.repeat(12);
  const text = ['npm-token', 'constructor', 'npm-token'].map((kind) => marker(kind, print)).join(' ');
  expect(markersIn(text)).toEqual({ 'npm-token': 2, constructor: 1 });
});
