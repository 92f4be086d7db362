// Rotates a secret of AWS Secrets Manager, with the rotation that is set up for it.
// https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_now.html
import { type ApiRequest, defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { contentId } from '../../../services/core/json.ts';
import { formatInstant, SECOND } from '../../../services/core/time.ts';
import { field } from '../answer.ts';
import { invalid } from '../target.ts';

const ID = 'aws.rotate-secret';
const STORE = /^secretsmanager\.[a-z0-9-]{1,40}$/;
const NAME = /^(?:arn:aws[a-z-]{0,20}:secretsmanager:[a-z0-9-]{1,40}:(\d{12}):secret:)?[\w/+=.@-]{1,520}$/;

export const rotateSecret = defineAction({
  id: ID,
  kind: 'rotate-secret',
  title: 'Rotate a secret of AWS Secrets Manager',
  system: 'aws',
  target: 'secret',
  permissions: [
    'secretsmanager:DescribeSecret',
    'secretsmanager:RotateSecret',
    'lambda:InvokeFunction on the rotation function',
  ],
  reversible: false,
  undoing: 'Cannot be undone: who needs it reads the new value.',
  reference: 'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html',
  proof: 'schema',

  /** To ask for a rotation where it is switched off would switch it on. */
  async look(target, api, signal) {
    const { body } = await ask(api, request(target, 'DescribeSecret', {}), [200], signal);
    const arn = field(body, 'ARN');
    if (typeof arn !== 'string' || arn.split(':')[4] !== accountOf(target)) {
      throw invalid(ID, target, 'our own credential is of an account with another secret of that name');
    }
    if (field(body, 'RotationEnabled') !== true) {
      throw invalid(ID, target, 'no rotation is set up for it: make a new one at its issuer, and put its value there');
    }
    const rotated = field(body, 'LastRotatedDate');
    return { state: { rotated: typeof rotated === 'number' ? formatInstant(rotated * SECOND) : null } };
  },

  intend(target) {
    // The same for the same use, so that what is sent twice rotates once.
    const ClientRequestToken = contentId(ID, target.id, usedAt(target));
    return {
      summary: `Rotate the secret ${target.secret} of AWS with the rotation that is set up for it.`,
      // 409: a rotation is on its way.
      changes: [{ ...request(target, 'RotateSecret', { ClientRequestToken }), accepts: [200, 409] }],
      blast_radius: [
        'Whoever keeps the old value is refused when its rotation is done, and has to read the new one.',
        'Where it was copied to, as the secret of a pipeline, it has to be set anew.',
      ],
    };
  },

  holds(target, state) {
    const rotated = field(state, 'rotated');
    return typeof rotated === 'string' && rotated > usedAt(target)
      ? 'It has been rotated since it was last used in the incident.'
      : undefined;
  },
});

/** Throws TARGET_INVALID. */
function request(target: Target, action: string, more: Readonly<Record<string, string>>): ApiRequest {
  const { secret = '', store = '' } = target;
  if (!STORE.test(store)) throw invalid(ID, target, 'it is no secret of Secrets Manager');
  if (!NAME.test(secret)) throw invalid(ID, target, 'the name of the secret is not known');
  return { method: 'POST', path: `/${store}/${action}`, body: { SecretId: secret, ...more } };
}

function accountOf({ secret = '', organization }: Target): string | undefined {
  return NAME.exec(secret)?.[1] ?? organization;
}

function usedAt(target: Target): string {
  const at = Date.parse(target.used_at ?? '');
  if (Number.isNaN(at)) throw invalid(ID, target, 'when it was used is not known');
  return formatInstant(at);
}
