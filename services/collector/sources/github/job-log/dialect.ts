// GitHub Actions' job logs: the runner's groups, and what it writes before and after the steps of the workflow
// (https://github.com/actions/runner, src/Runner.Worker).
import type { Result } from '../../../../core/details/pipeline.ts';
import { createHeaders } from '../../../log/actions.ts';
import type { Dialect, LineReader, Reading } from '../../../log/dialect.ts';
import { type Line, startsWith, textOf } from '../../../log/line.ts';
import { afterStamp } from '../../../log/stamp.ts';
import { createSetupReader } from './setup.ts';

const SETUP = 'Set up job';
/** Lines that begin the steps which no workflow names. */
const FIXED: Readonly<Record<string, string>> = {
  'Post job cleanup.': 'Post job cleanup',
  'Cleaning up orphan processes': 'Complete job',
  'Evaluate and set job outputs': 'Complete job',
  'Evaluate and set environment url': 'Complete job',
  'Uploading runner diagnostic logs': 'Complete job',
  '##[group]Checking docker version': 'Initialize containers',
  'A job started hook has been configured by the self-hosted runner administrator': 'Set up runner',
  'A job completed hook has been configured by the self-hosted runner administrator': 'Complete runner',
};
const STOP = /^(?:Stop and remove container|Print service container logs): \S/;
const CONTAINER = /^##\[group\]((?:Pull down action image|Build container for action use:) '.+')/;
const ERRORS: readonly (readonly [RegExp, Result])[] = [
  [/^##\[error\](?:Process completed|Docker (?:run|build|pull) failed) with exit code -?\d/, 'failure'],
  [/^##\[error\]The operation was canceled\./, 'cancellation'],
  [/^##\[error\]The (?:action .+ has timed out|job running on runner .+ has exceeded)/, 'timeout'],
];
/** What the runner writes between the beginning of such a preparation and the header. */
const PREPARATION =
  /^(?:Getting action download info|Download action repository '|##\[(?:group\]Download |endgroup|warning)|Version: |Digest: |Source commit SHA: |Failed to resolve action |Retrying in )/;
const INNER = /^##\[(start|end)-action (.+)\]$/;
/** What the first character of a line behind "Set up job" has to be for it to say something here. */
const FIRST = new Set([...'#PCEUAS'].map((character) => character.charCodeAt(0)));

export const github: Dialect = { masks: ['***'], textStart: afterStamp, open };

function open(reading: Reading): LineReader {
  const { steps } = reading;
  const headers = createHeaders(reading, { group: '##[group]', end: '##[endgroup]' });
  const readSetup = createSetupReader(reading);
  let isPreparing = false;

  return (line) => {
    const header = headers.read(line);
    if (isPreparing && (header || !PREPARATION.test(textOf(line)))) {
      headers.prepare(undefined);
      isPreparing = false;
    }
    const inSetup = !steps.last || steps.running?.name === SETUP;
    if (header || (!inSetup && !FIRST.has(line.log.charCodeAt(line.from)))) return;
    if ((inSetup || isPreparing) && readSetup(line) && !steps.last && !isPreparing) steps.begin(SETUP, line);
    readMarker(line);
  };

  function readMarker(line: Line): void {
    const text = textOf(line);
    if (startsWith(line, '##[')) readCommand(line, text);
    const fixed = Object.hasOwn(FIXED, text) ? FIXED[text] : STOP.test(text) ? 'Stop containers' : undefined;
    if (fixed !== undefined) {
      if (steps.running?.name !== fixed || fixed === 'Post job cleanup') steps.begin(fixed, line);
      if (text.endsWith('administrator')) headers.expect();
    } else if (text === 'Prepare all required actions' && steps.running?.name !== SETUP) {
      // An action of the repository itself is prepared when its step begins, before its header.
      headers.prepare(line);
      isPreparing = true;
    }
  }

  function readCommand(line: Line, text: string): void {
    const container = CONTAINER.exec(text)?.[1];
    if (container !== undefined) steps.begin(container, line);
    const [, edge, properties = ''] = INNER.exec(text) ?? [];
    if (edge === 'start') {
      steps.begin(property(properties, 'display') ?? 'action', line);
      headers.expect();
    } else if (edge === 'end') steps.end(line.number, CONCLUSIONS[property(properties, 'conclusion') ?? '']);
    if (!text.startsWith('##[error]') || !steps.running) return;
    steps.running.result ??= ERRORS.find(([expression]) => expression.test(text))?.[1];
  }
}

const CONCLUSIONS: Readonly<Record<string, Result>> = {
  success: 'success',
  failure: 'failure',
  cancelled: 'cancellation',
  skipped: 'skip',
};

/** Of `key=value;key=value`, with `%` escapes. */
function property(properties: string, key: string): string | undefined {
  const found = properties.split(';').find((one) => one.startsWith(`${key}=`));
  return found?.slice(key.length + 1).replace(/%(25|0D|0A|3A|2C|3B|5D)/g, (escaped) => decodeURIComponent(escaped));
}
