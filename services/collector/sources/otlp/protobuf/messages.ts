// The messages of OTLP, by the numbers of their fields, with the names that they have in JSON. What is not listed is left out.
// https://github.com/open-telemetry/opentelemetry-proto/tree/main/opentelemetry/proto
import type { Messages } from './wire.ts';

export const MESSAGES: Messages = {
  traces: { 1: ['resourceSpans', 'resourceSpans', 'repeated'] },
  logs: { 1: ['resourceLogs', 'resourceLogs', 'repeated'] },

  resourceSpans: {
    1: ['resource', 'resource'],
    2: ['scopeSpans', 'scopeSpans', 'repeated'],
    3: ['schemaUrl', 'string'],
  },
  scopeSpans: { 1: ['scope', 'scope'], 2: ['spans', 'span', 'repeated'], 3: ['schemaUrl', 'string'] },
  span: {
    1: ['traceId', 'hex'],
    2: ['spanId', 'hex'],
    3: ['traceState', 'string'],
    4: ['parentSpanId', 'hex'],
    5: ['name', 'string'],
    6: ['kind', 'uint32'],
    7: ['startTimeUnixNano', 'fixed64'],
    8: ['endTimeUnixNano', 'fixed64'],
    9: ['attributes', 'keyValue', 'repeated'],
    10: ['droppedAttributesCount', 'uint32'],
    11: ['events', 'event', 'repeated'],
    12: ['droppedEventsCount', 'uint32'],
    13: ['links', 'link', 'repeated'],
    14: ['droppedLinksCount', 'uint32'],
    15: ['status', 'status'],
    16: ['flags', 'fixed32'],
  },
  event: {
    1: ['timeUnixNano', 'fixed64'],
    2: ['name', 'string'],
    3: ['attributes', 'keyValue', 'repeated'],
    4: ['droppedAttributesCount', 'uint32'],
  },
  link: {
    1: ['traceId', 'hex'],
    2: ['spanId', 'hex'],
    3: ['traceState', 'string'],
    4: ['attributes', 'keyValue', 'repeated'],
    5: ['droppedAttributesCount', 'uint32'],
    6: ['flags', 'fixed32'],
  },
  status: { 2: ['message', 'string'], 3: ['code', 'uint32'] },

  resourceLogs: { 1: ['resource', 'resource'], 2: ['scopeLogs', 'scopeLogs', 'repeated'], 3: ['schemaUrl', 'string'] },
  scopeLogs: { 1: ['scope', 'scope'], 2: ['logRecords', 'logRecord', 'repeated'], 3: ['schemaUrl', 'string'] },
  logRecord: {
    1: ['timeUnixNano', 'fixed64'],
    2: ['severityNumber', 'uint32'],
    3: ['severityText', 'string'],
    5: ['body', 'anyValue'],
    6: ['attributes', 'keyValue', 'repeated'],
    7: ['droppedAttributesCount', 'uint32'],
    8: ['flags', 'fixed32'],
    9: ['traceId', 'hex'],
    10: ['spanId', 'hex'],
    11: ['observedTimeUnixNano', 'fixed64'],
    12: ['eventName', 'string'],
  },

  resource: { 1: ['attributes', 'keyValue', 'repeated'], 2: ['droppedAttributesCount', 'uint32'] },
  scope: {
    1: ['name', 'string'],
    2: ['version', 'string'],
    3: ['attributes', 'keyValue', 'repeated'],
    4: ['droppedAttributesCount', 'uint32'],
  },
  keyValue: { 1: ['key', 'string'], 2: ['value', 'anyValue'] },
  anyValue: {
    1: ['stringValue', 'string'],
    2: ['boolValue', 'bool'],
    3: ['intValue', 'int64'],
    4: ['doubleValue', 'double'],
    5: ['arrayValue', 'arrayValue'],
    6: ['kvlistValue', 'keyValueList'],
    7: ['bytesValue', 'base64'],
  },
  arrayValue: { 1: ['values', 'anyValue', 'repeated'] },
  keyValueList: { 1: ['values', 'keyValue', 'repeated'] },
};
