// Runs and steps of Bitbucket Pipelines, which Cloud sends as OpenTelemetry spans once they have ended.
// https://www.atlassian.com/blog/bitbucket/bitbucket-pipelines-opentelemetry-traces-via-webhooks
import type { Vcs } from '../../../../core/activity.ts';
import type { Result } from '../../../../core/details/pipeline.ts';
import { isObject, type Json } from '../../../../core/json.ts';
import { type Instant, SECOND } from '../../../../core/time.ts';
import { anyKnown, at, known, list, scalar, text } from '../../../fields.ts';
import { headOf, type Piece, revision } from '../../github/shared/delivery.ts';
import { runResult } from '../../github/shared/run-state.ts';
import { secondsBetween } from '../../github/shared/steps.ts';
import { type Delivery, repositoryName, vcsOf } from './delivery.ts';

type Attributes = ReadonlyMap<string, string>;

const MOST_SPANS = 500;

export function spansOf(body: Json | undefined): readonly Json[] {
  const scopes = list(body, 'resourceSpans').flatMap((resource) => list(resource, 'scopeSpans'));
  return scopes.flatMap((scope) => list(scope, 'spans')).slice(0, MOST_SPANS);
}

/** A step that a span tells of: its id and those of what it is part of, under the names that its activity has. */
export type EndedStep = Readonly<Record<'id' | 'name' | 'repository' | 'run', string>> & {
  /** Of the pipeline, where it is told beside that of its run. */
  readonly pipeline?: string;
};

/** Of a delivery of spans; those that name no repository or run are left out. */
export function endedSteps(body: Json | undefined): readonly EndedStep[] {
  return spansOf(body).flatMap((span) => {
    const attributes = attributesOf(span);
    if (!partOf(span).endsWith('step')) return [];
    const id = attributes.get('step.uuid');
    const run = runIn(attributes)?.id;
    const repository = placeOf(attributes, body).repository?.name;
    if (id === undefined || run === undefined || repository === undefined) return [];
    const pipeline = attributes.get('pipeline.uuid');
    return [known({ id, name: attributes.get('step.name') ?? id, repository, run, pipeline })];
  });
}

export function spans({ body }: Delivery): readonly Piece[] {
  return spansOf(body).map((span) => {
    const attributes = attributesOf(span);
    return text(span, 'name') === 'bbc.pipeline_run' ? runOf(span, attributes, body) : jobOf(span, attributes, body);
  });
}

function runOf(span: Json, attributes: Attributes, body: Json): Piece {
  const run = runIn(attributes);
  const pipeline = {
    ...pipelineOf(attributes),
    run: run && known({ ...run, state: 'finished', result: resultOf(attributes, 'pipeline') }),
  };
  return known({
    kind: 'run',
    observed_at: endOf(span),
    vcs: placeOf(attributes, body),
    cicd: { pipeline: known(pipeline) },
    detail: known({ action: 'completed', seconds: secondsOf(span) }),
  });
}

/** A step is what others call a job. Its commands and containers are told one by one. */
function jobOf(span: Json, attributes: Attributes, body: Json): Piece {
  const part = partOf(span);
  const isStep = part.endsWith('step');
  const id = attributes.get('step.uuid');
  const command = isStep ? undefined : attributes.get(`${part}.name`);
  const run = anyKnown({ id, result: isStep ? resultOf(attributes, 'step') : undefined });
  const task = known({ name: attributes.get('step.name') ?? id ?? part, run });
  return known({
    kind: 'job',
    observed_at: endOf(span),
    vcs: placeOf(attributes, body),
    cicd: { pipeline: known({ ...pipelineOf(attributes), run: runIn(attributes), task }) },
    detail: known({
      action: isStep ? 'completed' : part,
      seconds: isStep ? secondsOf(span) : undefined,
      step_runs: command === undefined ? undefined : [known({ name: command, seconds: secondsOf(span) })],
    }),
  });
}

/** `step`, `command`, `container`; with or without what it is part of before it: `pipeline_step`. */
function partOf(span: Json): string {
  return (text(span, 'name') ?? 'bbc.step').replace('bbc.', '');
}

/** OpenTelemetry's own form of a map: `{ key, value: { stringValue } }`. */
function attributesOf(span: Json): Attributes {
  const found = new Map<string, string>();
  for (const attribute of list(span, 'attributes')) {
    const key = text(attribute, 'key');
    const value = isObject(attribute) && isObject(attribute.value) ? Object.keys(attribute.value)[0] : undefined;
    const said = value === undefined ? undefined : scalar(attribute, 'value', value);
    if (key !== undefined && said !== undefined) found.set(key, said);
  }
  return found;
}

const RESULTS: ReadonlyMap<string, string> = new Map([
  ['complete', 'success'],
  ['successful', 'success'],
  ['failed', 'failure'],
  ['stopped', 'cancelled'],
]);

function resultOf(attributes: Attributes, part: 'pipeline' | 'step'): Result | undefined {
  const names = [`${part}.state.result.name`, `${part}_run.state.result.name`];
  const said = names
    .map((name) => attributes.get(name))
    .find((value) => value !== undefined)
    ?.toLowerCase();
  return runResult(RESULTS.get(said ?? '') ?? said);
}

function pipelineOf(attributes: Attributes): { readonly name?: string } {
  return known({ name: attributes.get('pipeline.name') });
}

function runIn(attributes: Attributes): { readonly id: string; readonly trigger?: string } | undefined {
  const id = attributes.get('pipeline_run.uuid') ?? attributes.get('pipeline.uuid');
  const trigger = attributes.get('pipeline.trigger.name')?.toLowerCase();
  return id === undefined ? undefined : known({ id, trigger });
}

/** The repository by its name where the span or the delivery tells it, else by its id. */
function placeOf(attributes: Attributes, body: Json | undefined): Vcs {
  const named = attributes.get('pipeline.repository.full_name') ?? repositoryName(at(body, 'repository'));
  const name = named ?? attributes.get('pipeline.repository.uuid');
  const type = attributes.get('pipeline.target.ref_type')?.toLowerCase() === 'tag' ? 'tag' : 'branch';
  const branch = attributes.get('pipeline.target.ref_name');
  const sha = revision(attributes.get('pipeline.target.commit.hash'));
  return vcsOf(name === undefined ? undefined : { full_name: name }, {
    ref: anyKnown({ head: branch === undefined && sha === undefined ? undefined : headOf(branch, sha, type) }),
  });
}

function secondsOf(span: Json): number | undefined {
  return secondsBetween(nanoseconds(span, 'startTimeUnixNano'), endOf(span));
}

export function endOf(span: Json): Instant | undefined {
  return nanoseconds(span, 'endTimeUnixNano');
}

/** A number in text, as it is larger than JSON's numbers are exact. */
function nanoseconds(span: Json, key: string): Instant | undefined {
  const found = scalar(span, key);
  return found !== undefined && /^\d{16,19}$/.test(found) ? Math.trunc((Number(found) / 1e9) * SECOND) : undefined;
}
