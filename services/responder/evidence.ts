// Evidence of a run, before it is stopped: what its system shows of it is read, redacted and kept. Bounded in every way, for
// whoever attacks has a say in how much that is, and what stops the attack waits for it.
import type { Api, EvidenceRequest } from '../core/action.ts';
import { ask } from '../core/ask.ts';
import type { Clock } from '../core/clock.ts';
import { messageOf, PipewardenError } from '../core/errors.ts';
import {
  cutPieces,
  type Evidence,
  type EvidenceDocument,
  evidenceId,
  joinPieces,
  type Piece,
  sealPiece,
} from '../core/evidence.ts';
import type { Json } from '../core/json.ts';
import type { DocumentStore } from '../core/ports/document-store.ts';
import { formatInstant, SECOND } from '../core/time.ts';
import type { RunDocument } from './run.ts';

/** All steps of a run that keep evidence have this long together, each time the run is taken up. */
export const GATHER_MS = 5 * SECOND;
export const MOST_REQUESTS = 20;
export const MOST_BYTES = 8_000_000;

/** Takes the secrets out. */
export type Redact = (json: Json) => Json;

export interface Gathered {
  readonly pieces: readonly Piece[];
  readonly left_out: readonly string[];
}

/** Asks one after the other until `ended`, and keeps what came. Throws the first error where nothing did. */
export async function gather(
  first: readonly EvidenceRequest[],
  api: Api,
  redact: Redact,
  ended: AbortSignal,
): Promise<Gathered> {
  const queue = [...first];
  const pieces: Piece[] = [];
  const left_out: string[] = [];
  let problem: unknown;
  let bytes = 0;
  let asked = 0;
  while (queue.length > 0 && asked < MOST_REQUESTS && !ended.aborted) {
    const one = queue.shift();
    if (!one) break;
    asked += 1;
    try {
      const { body } = await ask(api, one.request, [200], ended);
      queue.push(...(one.then?.(body) ?? []));
      const text = JSON.stringify(redact(body), null, 2);
      const size = Buffer.byteLength(text);
      if (bytes + size > MOST_BYTES) {
        left_out.push(`${one.name}: more than ${MOST_BYTES / 1_000_000} MB in all`);
      } else {
        bytes += size;
        pieces.push({ name: one.name, text });
      }
    } catch (error) {
      problem ??= error;
      // A system may say in its answer what it was asked.
      left_out.push(`${one.name}: ${redact(messageOf(error))}`);
    }
  }
  if (queue.length > 0) {
    const why = ended.aborted ? `the ${GATHER_MS / SECOND} s for it were over` : `more than ${MOST_REQUESTS} requests`;
    const names = queue.map(({ name }) => name).join(', ');
    left_out.push(`${names.slice(0, 300)}: ${why}`);
  }
  if (pieces.length === 0 && ended.aborted) throw tooLate(first);
  if (pieces.length === 0 && problem !== undefined) throw problem;
  return { pieces, left_out };
}

/** Worth another try: it comes when what stops the attack has been sent. */
function tooLate([first]: readonly EvidenceRequest[]): PipewardenError {
  const { method, path } = first?.request ?? { method: 'GET', path: '/' };
  return new PipewardenError('API_UNREACHABLE', { method, path, problem: 'the time for evidence was over' });
}

/** Writes pieces down in place of what was kept of the step before, and gives what proves them. Throws what the store throws. */
export async function keep(
  { store, clock }: { readonly store: DocumentStore; readonly clock: Clock },
  run: RunDocument,
  step: number,
  { pieces, left_out }: Gathered,
): Promise<Evidence> {
  const documents = cutPieces(pieces);
  const action = run.steps[step]?.action ?? 'unknown';
  const common = { run: run.id, incident: run.incident, step, action, taken: formatInstant(clock.now()) };
  for (const [part, cut] of documents.entries()) {
    const id = evidenceId(run.id, step, part);
    const document: EvidenceDocument = { id, ...common, part, parts: documents.length, pieces: cut };
    await store.put('evidence', id, document, 'any');
  }
  return { pieces: pieces.map(sealPiece), left_out };
}

/** What was kept of a step, as it was sealed; undefined where it is gone or is not that. Throws what the store throws. */
export async function readEvidence(
  store: DocumentStore,
  run: string,
  step: number,
  evidence: Evidence,
): Promise<readonly Piece[] | undefined> {
  const documents: (readonly Piece[])[] = [];
  for (let part = 0, parts = 1; part < parts; part++) {
    const stored = await store.get<EvidenceDocument>('evidence', evidenceId(run, step, part));
    if (!stored) break;
    documents.push(stored.body.pieces);
    parts = stored.body.parts;
  }
  const pieces = joinPieces(documents);
  const seals = pieces.map(sealPiece);
  const isWhole =
    seals.length === evidence.pieces.length &&
    evidence.pieces.every(({ name, sha256 }, index) => seals[index]?.name === name && seals[index].sha256 === sha256);
  return isWhole ? pieces : undefined;
}
