// Every error that Pipewarden raises: its code, what it says, what becomes of it, and the exit code of the command.

/** `retry`: try again later; `give-up`: trying again cannot help; `operator`: a person has to mend something. */
export type Fate = 'retry' | 'give-up' | 'operator';

interface ErrorSpec {
  /** `{name}` is filled from the error's data. Says what was expected, what was found, and the mend. */
  readonly message: string;
  readonly fate: Fate;
  /** Exit code of the command when it ends by this error: 2 wrong use or configuration, 3 a runtime failure. */
  readonly exit: 2 | 3;
}

export const ERRORS = {
  USAGE: { message: '{problem}', fate: 'operator', exit: 2 },
  CONFIG_UNREADABLE: { message: 'cannot read the configuration {file}: {problem}', fate: 'operator', exit: 2 },
  CONFIG_INVALID: { message: '{problems}', fate: 'operator', exit: 2 },
  NODE_TOO_OLD: { message: 'Pipewarden needs Node.js {needed} or newer, this is {found}', fate: 'operator', exit: 2 },
  DATA_IN_USE: {
    message: 'the data folder {folder} is in use by process {pid}: stop that one, or name another with --data',
    fate: 'operator',
    exit: 2,
  },
  REDACTION_KEY_UNUSABLE: { message: 'the key {file} cannot be used: {problem}', fate: 'operator', exit: 2 },
  NOT_FOUND: { message: 'there is no {what} {id} in {where}', fate: 'give-up', exit: 2 },
  PORT_IN_USE: { message: 'port {port} on {host} is taken: choose another with {option}', fate: 'operator', exit: 2 },

  SIGNATURE_MISSING: { message: 'the delivery carries no {header} header', fate: 'give-up', exit: 3 },
  SIGNATURE_WRONG: { message: "the delivery's signature does not fit any configured secret", fate: 'give-up', exit: 3 },
  SIGNATURE_OLD: {
    message:
      'the delivery was not signed within the last {minutes} minutes: compare the clocks, or it was sent again by somebody who kept it',
    fate: 'give-up',
    exit: 3,
  },
  BODY_TOO_LARGE: { message: 'the body is larger than {limit} bytes', fate: 'give-up', exit: 3 },
  RECORD_INVALID: { message: 'not a record of {source}: {problem}', fate: 'give-up', exit: 3 },
  REPORT_INVALID: { message: 'the report cannot be taken: {problem}', fate: 'give-up', exit: 2 },
  ARCHIVE_REFUSED: { message: '{what} cannot be read: {problem}', fate: 'give-up', exit: 3 },
  RECORD_UNKNOWN_SOURCE: { message: 'no source is called {source}{hint}', fate: 'give-up', exit: 2 },

  LOG_UNAVAILABLE: { message: 'the event log does not answer: {problem}', fate: 'retry', exit: 3 },
  LOG_REFUSED: { message: 'the event log does not let us in: {problem}', fate: 'operator', exit: 3 },
  LOG_FENCED: { message: 'partition {partition} of {topic} has another owner now', fate: 'retry', exit: 3 },
  QUEUE_UNAVAILABLE: { message: 'the job queue does not answer: {problem}', fate: 'retry', exit: 3 },
  QUEUE_UNSAFE: { message: 'the job queue would lose jobs: {problem}', fate: 'operator', exit: 2 },
  STORE_UNAVAILABLE: { message: 'the document store does not answer: {problem}', fate: 'retry', exit: 3 },
  STORE_REFUSED: { message: 'the document store cannot do that: {problem}', fate: 'give-up', exit: 3 },
  STORE_UNUSABLE: { message: 'the document store cannot be used: {problem}', fate: 'operator', exit: 2 },
  DOCUMENT_CONFLICT: { message: 'document {id} of {collection} has changed meanwhile', fate: 'retry', exit: 3 },

  API_UNREACHABLE: { message: '{method} {path} got no answer: {problem}', fate: 'retry', exit: 3 },
  API_BUSY: { message: '{method} {path} answered {status}', fate: 'retry', exit: 3 },
  API_REFUSED: { message: '{method} {path} answered {status}: {problem}', fate: 'operator', exit: 3 },
  API_UNEXPECTED: {
    message: '{method} {path} did not answer as its documentation says: {problem}',
    fate: 'operator',
    exit: 3,
  },
  FEED_TAKEN: { message: 'another collector reads {name} now', fate: 'retry', exit: 3 },
  TARGET_INVALID: { message: '{action} cannot be aimed at {target}: {problem}', fate: 'give-up', exit: 3 },
  DRY_RUN: { message: '{method} {path} was not sent: this is a dry run', fate: 'give-up', exit: 3 },
  ORDER_REFUSED: { message: '{problem}', fate: 'give-up', exit: 2 },
  ACTION_UNVERIFIED: { message: '{action} was sent, but reading back does not show it yet', fate: 'retry', exit: 3 },
  DESTINATION_BUSY: { message: 'destination {destination} does not take it now: {problem}', fate: 'retry', exit: 3 },
  DESTINATION_REFUSED: { message: 'destination {destination} refused it: {problem}', fate: 'give-up', exit: 3 },
  FILE_UNREADABLE: { message: 'the file {path} cannot be read: {problem}', fate: 'operator', exit: 3 },
  GIT_FAILED: { message: 'git could not read {path}: {problem}', fate: 'operator', exit: 3 },
  PROFILE_CORRUPT: { message: 'the profile {key} cannot be read: {problem}', fate: 'operator', exit: 3 },
  INTERNAL: { message: '{problem}', fate: 'operator', exit: 3 },
} as const satisfies Record<string, ErrorSpec>;

export type ErrorCode = keyof typeof ERRORS;
export type ErrorData = Readonly<Record<string, string | number>>;

/** The only error class. `code` decides everything else; see `ERRORS`. */
export class PipewardenError extends Error {
  override readonly name = 'PipewardenError';
  readonly code: ErrorCode;
  readonly data: ErrorData;
  readonly fate: Fate;

  constructor(code: ErrorCode, data: ErrorData = {}, cause?: unknown) {
    super(
      ERRORS[code].message.replace(/\{(\w+)\}/g, (_all, name: string) => String(data[name] ?? '')),
      cause === undefined ? {} : { cause },
    );
    this.code = code;
    this.data = data;
    this.fate = ERRORS[code].fate;
  }
}

/** What to do about any thrown value; foreign errors are worth another try. */
export function fateOf(error: unknown): Fate {
  return error instanceof PipewardenError ? error.fate : 'retry';
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Of what `fetch` threw: `fetch failed` says nothing; its cause does (`connect ECONNREFUSED …`). */
export function causeOf(error: unknown): string {
  return messageOf(error instanceof Error && error.cause !== undefined ? error.cause : error);
}
