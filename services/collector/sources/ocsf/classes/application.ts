// Application Activity, category 6. https://schema.ocsf.io/categories/application

import { isObject, type Json, parsedJson } from '../../../../core/json.ts';
import { known, list, numeric, text } from '../../../fields.ts';
import type { Piece } from '../../../source.ts';
import { deedOf } from '../../aws/cloudtrail/deed.ts';
import { type Event, errorOf, namedActivity } from './event.ts';

/** 6003. Calls of AWS are what CloudTrail would have told, so they are read alike. */
export function apiActivity(event: Event): Piece {
  const { body } = event;
  const service = text(body, 'api', 'service', 'name');
  if (service?.endsWith('.amazonaws.com')) return awsCall(event, service);
  return {
    kind: 'request',
    detail: known({
      operation: text(body, 'api', 'operation') ?? namedActivity(event),
      method: text(body, 'http_request', 'http_method'),
      path: text(body, 'http_request', 'url', 'path') ?? resourceOf(event),
      status: numeric(body, 'api', 'response', 'code') ?? numeric(body, 'http_response', 'code') ?? httpStatus(event),
      error: errorOf(event),
    }),
  };
}

/** `status_code` is the product's own code, a number of HTTP or any text. */
function httpStatus({ body }: Event): number | undefined {
  const code = body.status_code;
  const status = typeof code === 'string' && /^[1-5]\d\d$/.test(code) ? Number(code) : code;
  return typeof status === 'number' ? status : undefined;
}

function resourceOf({ body }: Event): string | undefined {
  const first = list(body, 'resources')[0];
  const name = text(first, 'name') ?? text(first, 'uid') ?? text(first, 'type');
  const space = text(first, 'namespace');
  return name !== undefined && space !== undefined ? `${space}/${name}` : name;
}

function awsCall(event: Event, service: string): Piece {
  const { body } = event;
  return deedOf(
    known({
      name: text(body, 'api', 'operation'),
      service,
      parameters: parsed(body, 'request', 'requestParameters'),
      answer: parsed(body, 'response', 'responseElements'),
      error: text(body, 'api', 'response', 'error'),
      resource: text(list(body, 'resources')[0], 'uid'),
    }),
  );
}

/** Mappings put the call's own parameters into `api`, as an object or as its text, or leave them unmapped. */
function parsed(body: Event['body'], place: 'request' | 'response', unmapped: string): Json | undefined {
  const api = isObject(body.api) && isObject(body.api[place]) ? body.api[place].data : undefined;
  const found = api ?? (isObject(body.unmapped) ? body.unmapped[unmapped] : undefined);
  return typeof found === 'string' ? (parsedJson(found) as Json | undefined) : found;
}

/** 6005: reading and changing what a store holds; 6001, 6004 and 6006: pages and files of a service. */
export function storeActivity(event: Event): Piece {
  const { body } = event;
  const store = ['table', 'databucket', 'database', 'file']
    .map((key) => text(body, key, 'name'))
    .find((name) => name !== undefined);
  const page = text(list(body, 'web_resources')[0], 'name') ?? text(body, 'http_request', 'url', 'path');
  return {
    kind: 'request',
    detail: known({
      operation: namedActivity(event),
      method: text(body, 'http_request', 'http_method'),
      path: store ?? page,
      status: numeric(body, 'http_response', 'code') ?? httpStatus(event),
      error: errorOf(event),
    }),
  };
}

/** 6002: an application is installed, removed, switched on or off. */
export function lifecycle(event: Event): Piece {
  return { kind: 'setting', detail: known({ action: namedActivity(event), name: text(event.body, 'app', 'name') }) };
}

/** 6007: a scan began, ended or was stopped. */
export function scan(event: Event): Piece {
  const tool = text(event.body, 'metadata', 'product', 'name');
  return {
    kind: 'alert',
    detail: known({ action: `scan ${namedActivity(event)}`, tool, title: text(event.body, 'scan', 'name') }),
  };
}
