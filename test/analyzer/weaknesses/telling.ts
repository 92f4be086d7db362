// Reports of tools through the real collector, and the weaknesses that come of them.
import { type Book, createBook } from '../../../services/analyzer/weaknesses/book.ts';
import { type ReportContext, takeReport } from '../../../services/collector/results/results.ts';
import type { SourceRecord } from '../../../services/collector/source.ts';
import type { Activity } from '../../../services/core/activity.ts';
import type { ActivityEntry } from '../../../services/core/messages.ts';
import type { Weakness } from '../../../services/core/weakness.ts';
import { createRedactor } from '../../../services/redactor/engine.ts';
import { NOW, startCollecting } from '../../collector/collecting.ts';

export const DAY = 24 * 60 * 60 * 1000;
export const REPOSITORY = 'acme/shop';
const redactor = createRedactor({ key: new Uint8Array(32) });

interface More extends ReportContext {
  readonly days?: number;
  /** Its first half comes, and then all of it again. */
  readonly interrupted?: true;
}

export interface TellingTest {
  /** Hands in a report, `days` after the first day. */
  report(content: object | string, more?: More): Promise<void>;
  records(...records: readonly Omit<SourceRecord, 'received_at'>[]): Promise<void>;
  /** The newest state of each, oldest first; those that were merged are left out. */
  weaknesses(): readonly Weakness[];
  /** One line each: state, path, line, tools. */
  told(): readonly string[];
  /** Everything from the state alone, as after a crash. */
  restart(): void;
  close(): Promise<void>;
}

export async function startTelling(most?: number): Promise<TellingTest> {
  const collecting = await startCollecting();
  const state = new Map<string, string>();
  const documents = new Map<string, Weakness>();
  let book: Book = createBook(most);
  const read = new Map<number, number>();
  let runs = 0;

  /** What came since the last call, of whichever partition. */
  async function unread(): Promise<readonly Activity[]> {
    const { log } = collecting;
    const found: Activity[] = [];
    for (let partition = 0; partition < log.partitions('activity'); partition++) {
      for (const { value, offset } of await log.read('activity', partition, read.get(partition) ?? 0, 100_000)) {
        read.set(partition, offset + 1);
        const { primary, activity }: ActivityEntry = JSON.parse(value);
        if (primary) found.push(activity);
      }
    }
    return found;
  }

  async function follow(interrupted = false): Promise<void> {
    const activities = await unread();
    for (const activity of interrupted ? activities.slice(0, activities.length / 2) : []) book.take(activity);
    for (const activity of activities) book.take(activity);
    const { state: changes, weaknesses } = book.flush();
    for (const { key, value } of changes) {
      if (value === null) state.delete(key);
      else state.set(key, value);
    }
    for (const weakness of weaknesses) documents.set(weakness.id, weakness);
  }
  const weaknesses = () =>
    [...documents.values()]
      .filter((weakness) => weakness.state !== 'merged')
      .sort((a, b) => (a.first_seen < b.first_seen ? -1 : a.first_seen > b.first_seen ? 1 : lineOf(a) - lineOf(b)));

  return {
    async report(content, { days = 0, interrupted, ...context } = {}) {
      const text = typeof content === 'string' ? content : JSON.stringify(content);
      const made = { repository: REPOSITORY, run_id: String(++runs), ...context };
      const { collector } = collecting;
      await takeReport({ ...made, content: Buffer.from(text), received_at: NOW + days * DAY }, { collector, redactor });
      await follow(interrupted);
    },
    async records(...records) {
      await collecting.collector.ingest(records.map((record) => ({ ...record, received_at: NOW })));
      await follow();
    },
    weaknesses,
    told: () =>
      weaknesses().map(({ state: now, location, tellings }) => {
        const tools = tellings.map(({ tool, state: said }) => (said === 'open' ? tool : `${tool} (${said})`)).sort();
        return `${now} ${location?.path ?? ''}:${location?.line ?? ''} ${tools.join(', ')}`;
      }),
    restart() {
      book = createBook(most);
      for (const [key, value] of state) book.restore({ key, value });
    },
    close: () => collecting.close(),
  };
}

function lineOf({ location }: Weakness): number {
  return location?.line ?? 0;
}
