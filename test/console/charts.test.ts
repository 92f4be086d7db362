import { describe, expect, it } from 'vitest';
import { delta } from '../../services/console/charts/delta.ts';
import { knownAndNew } from '../../services/console/charts/known-and-new.ts';
import { hourName, weekHeatmap } from '../../services/console/charts/week-heatmap.ts';
import { tagsOf } from '../helpers/markup.ts';

const officeHours = Array.from({ length: 168 }, (_, hour) => (hour < 120 && hour % 24 >= 8 && hour % 24 < 18 ? 1 : 0));

function count(markup: string, className: string): number {
  return tagsOf(markup).filter(({ attributes }) => attributes.includes(`class="${className}"`)).length;
}

describe('the week of an author', () => {
  const markup = String(weekHeatmap({ type: 'week', hours: officeHours, at: 147, zone: 'UTC+01:00' }, 'w'));

  it('has a cell for each hour, dark where they work', () => {
    expect(count(markup, 'heat h4')).toBe(50 + 1);
    expect(count(markup, 'heat h0')).toBe(118 + 1);
  });

  it('marks the odd hour by a shape and names it', () => {
    expect(hourName(147)).toBe('Sunday 03:00–04:00');
    expect(markup).toContain('this one: Sunday 03:00–04:00');
    expect(count(markup, 'odd-cell')).toBe(1);
  });

  it('says the same to who cannot see it', () => {
    expect(markup).toContain('role="img" aria-labelledby="w-title w-desc"');
    expect(markup).toContain('<title id="w-title">The usual week, by hour, in UTC+01:00</title>');
    expect(markup).toContain('Busiest: Monday 08:00–09:00. This one: Sunday 03:00–04:00.');
  });

  it('draws an empty week for an author of whom nothing is known, and no mark for an hour that is none', () => {
    const empty = String(weekHeatmap({ type: 'week', hours: [], at: -1, zone: 'UTC' }, 'w'));
    expect(empty).toContain('Nothing is known of this week yet.');
    expect(count(empty, 'odd-cell')).toBe(0);
    expect(empty).not.toContain('NaN');
  });
});

describe('what is known and what is new', () => {
  it('draws a bar for each known value, the most frequent first, and sets the new apart', () => {
    const known = [
      { value: 'mirror.example', times: 20 },
      { value: 'registry.example', times: 4_000 },
    ];
    const markup = String(
      knownAndNew({ type: 'known-and-new', what: 'destinations', known, fresh: ['drop.example'] }, 'k'),
    );
    expect(markup.indexOf('registry.example')).toBeLessThan(markup.indexOf('mirror.example'));
    expect(markup).toContain('4,000×');
    expect(markup).toContain('new: never before');
    expect(markup).toContain('2 known values, 1 new one: drop.example.');
  });

  it('shows a few of many and says how many more there are', () => {
    const known = Array.from({ length: 30 }, (_, index) => ({ value: `host-${index}.example`, times: 30 - index }));
    const fresh = Array.from({ length: 40 }, (_, index) => `new-${index}.example`);
    const markup = String(knownAndNew({ type: 'known-and-new', what: 'destinations', known, fresh }, 'k'));
    expect(markup).toContain('and 22 more known');
    expect(markup).toContain('and 28 more new');
    expect(count(markup, 'bar')).toBe(8);
  });

  it('keeps both ends of a long host name, with the whole in its tooltip', () => {
    const value = 'artifact-mirror.eu-north-1.internal.harbor.example';
    const markup = String(knownAndNew({ type: 'known-and-new', what: 'hosts', known: [], fresh: [value] }, 'k'));
    expect(markup).toContain('artifact-…al.harbor.example<title>');
    expect(markup).toContain(`<title>${value}</title>`);
    expect(markup).toContain('nothing known yet');
  });
});

describe('a change in words', () => {
  it('says of each line whether it came, went or changed', () => {
    const markup = String(
      delta({
        type: 'delta',
        lines: [
          { sign: '+', text: 'permissions: write-all' },
          { sign: '-', text: 'reviews: 2' },
          { sign: '~', text: 'signature: none' },
        ],
      }),
    );
    expect(markup).toMatch(/added: <\/span><bdi>permissions: write-all/);
    expect(markup).toMatch(/removed: <\/span><bdi>reviews: 2/);
    expect(markup).toMatch(/changed: <\/span><bdi>signature: none/);
  });

  it('ends after sixty lines', () => {
    const lines = Array.from({ length: 75 }, (_, index) => ({ sign: '+' as const, text: `line ${index}` }));
    expect(String(delta({ type: 'delta', lines }))).toContain('and 15 more');
  });
});
