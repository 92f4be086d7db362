// What an AWS call did, from its name, parameters and answer; for CloudTrail and for what other products make of it.
import { isObject, type Json } from '../../../../core/json.ts';
import { identifier, known, list } from '../../../fields.ts';
import type { Piece } from '../../../source.ts';
import { access, artifact, changeOf, environment, firstAt, grantName, textAt, words } from './effects.ts';
import { callKind } from './kinds.ts';

export interface Deed {
  readonly name?: string;
  /** `iam.amazonaws.com`. */
  readonly service?: string;
  /** `requestParameters`, `responseElements`: as the call's own API names things. */
  readonly parameters?: Json;
  readonly answer?: Json;
  readonly region?: string;
  /** Set: it was refused. */
  readonly error?: string;
  /** ARN of what it was done to. */
  readonly resource?: string;
}

/** A call that was refused changed nothing: it stays a request. */
export function deedOf(deed: Deed): Piece {
  const { name = 'unnamed', service = '', parameters, answer, error } = deed;
  const kind = error === undefined ? callKind(service, name) : 'request';
  switch (kind) {
    case 'request':
      return { kind, detail: known({ operation: name, path: targetOf(deed), error }) };
    case 'secret':
      return {
        kind,
        detail: known({
          action: name,
          name: secretName(deed),
          names: secretNames(parameters),
          store: storeOf(deed),
        }),
      };
    case 'grant':
      return { kind, detail: known({ action: name, name: grantName(parameters, answer) }) };
    case 'access':
      return { kind, detail: access(name, parameters, answer) };
    case 'protection':
      return {
        kind,
        detail: known({ change: changeOf(name, parameters), what: words(service, name), target: targetOf(deed) }),
      };
    case 'artifact':
      return { kind, detail: artifact(name, parameters, answer) };
    case 'setting':
      return {
        kind,
        detail: known({ action: name, name: targetOf(deed), to: identifier(parameters, 'retentionInDays') }),
      };
    case 'deployment':
      return { kind, detail: known({ action: name, environment: environment(parameters) }) };
    case 'run':
      return { kind, detail: { action: name } };
  }
}

/** Names that parameters have for what a call is about, the more particular first. */
const TARGETS = [
  'secretId',
  'roleArn',
  'functionName',
  'trailName',
  'logGroupName',
  'repositoryName',
  'bucketName',
  'policyArn',
  'keyId',
  'userName',
  'roleName',
  'groupName',
  'detectorId',
  'projectName',
  'stackName',
  'name',
];

function targetOf({ parameters, resource }: Deed): string | undefined {
  const found = firstAt(parameters, TARGETS);
  const key = textAt(parameters, 'key');
  if (textAt(parameters, 'bucketName') !== undefined && key !== undefined) return `${found}/${key}`;
  return found ?? resource;
}

function secretName({ parameters, resource }: Deed): string | undefined {
  return textAt(parameters, 'secretId') ?? textAt(parameters, 'name') ?? textAt(parameters, 'path') ?? resource;
}

function storeOf({ service, region }: Deed): string | undefined {
  return service === undefined || region === undefined ? undefined : `${service.split('.', 1)[0]}.${region}`;
}

function secretNames(parameters: Json | undefined): readonly string[] | undefined {
  const key = ['secretIdList', 'names'].find((name) => isObject(parameters) && Array.isArray(parameters[name]));
  if (key === undefined) return undefined;
  return list(parameters, key).filter((name) => typeof name === 'string');
}
