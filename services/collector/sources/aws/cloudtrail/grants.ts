// Session keys that a call handed out: the first sight of each, from where it was asked for, with who issued it.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html

import { isObject, type Json } from '../../../../core/json.ts';
import { known, text } from '../../../fields.ts';
import type { Piece } from '../../../source.ts';
import type { Deed } from './deed.ts';

/**
 * For `AssumeRole` and its kin, an activity beside the call's own: its credential is the key that was issued, so that
 * later calls with it can be held against where it came from.
 */
export function grantsOf(event: Json, { name, answer }: Deed): readonly Piece[] {
  if (name === undefined || !isObject(answer) || !isObject(answer.credentials)) return [];
  const id = text(event, 'responseElements', 'credentials', 'accessKeyId');
  if (id === undefined) return [];
  const parameters = isObject(event) && isObject(event.requestParameters) ? event.requestParameters : undefined;
  const issuer = parameters && (text(parameters, 'roleArn') ?? text(parameters, 'name'));
  return [
    {
      kind: 'grant',
      credential: known({ id, type: 'session key', name: issuer }),
      detail: { action: name, name: id },
    },
  ];
}
