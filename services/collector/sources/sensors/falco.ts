// Falco's alerts, as its outputs and its gRPC API write them, and as Falcosidekick passes them on. An alert is told as
// one, and with it the deed that it rests on, where its fields carry that.
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { Instant } from '../../../core/time.ts';
import { at, instant, known, object, text } from '../../fields.ts';
import { listed } from '../../push.ts';
import { authorization } from '../../receiver/proofs.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { deedOf } from './falco/deeds.ts';
import { placeOfAlert, processOf, whoOf } from './falco/fields.ts';
import { BLIND, type Deed, RAISED } from './shared/deed.ts';
import { count, moment } from './shared/values.ts';

const MARKS = ['rule', 'Rule', 'output', 'output_fields', 'outputFields'];

export const falco = defineSource({
  id: 'falco',
  title: 'Falco',
  reference: 'https://falco.org/docs/concepts/outputs/',
  push: { path: '/hooks/falco', proof: authorization, split: listed },
  body: 'json',
  identifiers: ['uuid', 'container.id', 'evt.time'],
  normalize,
  time: (body) => timeOf(alertIn(body) ?? {}),
});

/** Falcosidekick's CloudEvents output puts the alert into `data`. */
function alertIn(body: Json): JsonObject | undefined {
  const inner = isObject(body) && Object.hasOwn(body, 'specversion') ? body.data : body;
  return isObject(inner) && MARKS.some((mark) => Object.hasOwn(inner, mark)) ? inner : undefined;
}

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const alert = alertIn(record.body);
  if (!alert) {
    throw new PipewardenError('RECORD_INVALID', {
      source: record.source,
      problem: 'the body is not an alert of Falco',
    });
  }
  const fields = object(alert, 'output_fields') ?? object(alert, 'outputFields') ?? {};
  const rule = text(alert, 'rule') ?? text(alert, 'Rule');
  const sentence = sentenceOf(text(alert, 'output'));
  const base = known({
    native_type: rule ?? 'unnamed',
    observed_at: timeOf(alert),
    process: processOf(fields),
    ...placeOfAlert(alert, fields),
    ...whoOf(fields),
  });
  const deed = deedOf(fields, `${rule ?? ''} ${sentence ?? ''}`);
  const raised: ActivityDraft = {
    ...base,
    kind: 'alert',
    detail: known({
      action: actionOf(rule, fields),
      tool: 'falco',
      rule,
      title: sentence,
      level: levelOf(alert),
      location: locationOf(deed),
    }),
  };
  return deed ? [raised, { ...base, ...deed }] : [raised];
}

/** A time that cannot be read is made up for by the event's own, in nanoseconds. */
function timeOf(alert: JsonObject): Instant | undefined {
  const fields = object(alert, 'output_fields') ?? object(alert, 'outputFields');
  const evented = at(fields, 'evt.time');
  return moment(alert, 'time') ?? (typeof evented === 'number' ? instant(evented) : undefined);
}

const START = /^(?:\S{1,40}: )?(?:Emergency|Alert|Critical|Error|Warning|Notice|Informational|Info|Debug) /;

/** The output's text, without time and priority before it and the fields behind it (in brackets or after a bar). */
function sentenceOf(output: string | undefined): string | undefined {
  return output?.replace(START, '').split(/ \(| \| /, 1)[0];
}

/** By number, as in the gRPC API's schema.proto (github.com/falcosecurity/falco, userspace/falco). */
const PRIORITIES = ['EMERGENCY', 'ALERT', 'CRITICAL', 'ERROR', 'WARNING', 'NOTICE', 'INFORMATIONAL', 'DEBUG'];

function levelOf(alert: JsonObject): string | undefined {
  const priority = at(alert, 'priority');
  return typeof priority === 'number' ? PRIORITIES[priority] : text(alert, 'priority');
}

function locationOf(deed: Deed | undefined): { readonly path: string } | undefined {
  return deed?.kind === 'file' ? { path: deed.detail.path } : undefined;
}

const INTERNAL = 'Falco internal: ';
const SNAPSHOT = `${INTERNAL}metrics snapshot`;

/**
 * Falco's messages about itself say that events were lost or that none came
 * (https://falco.org/docs/concepts/event-sources/kernel/dropped-events/), or, with a snapshot of its counters, that it
 * is well (https://falco.org/docs/concepts/metrics/).
 */
function actionOf(rule: string | undefined, fields: JsonObject): string {
  if (!rule?.startsWith(INTERNAL)) return RAISED;
  return rule !== SNAPSHOT || lost(fields) > 0 ? BLIND : 'report';
}

/** Counters grow from the start of the sensor; `_prev` is what they were in the snapshot before. */
function lost(fields: JsonObject): number {
  const drops = count(fields, 'scap.n_drops') ?? 0;
  const before = count(fields, 'scap.n_drops_prev') ?? 0;
  const share = count(fields, 'scap.n_drops_perc') ?? 0;
  return drops - before + share + (count(fields, 'falco.outputs_queue_num_drops') ?? 0);
}
