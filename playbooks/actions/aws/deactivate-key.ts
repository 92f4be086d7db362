// Deactivates a long-term access key of an IAM user.
import { type Change, defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { entries, field } from '../answer.ts';
import { invalid } from '../target.ts';
import { iam, iamChange } from './iam.ts';

const ID = 'aws.deactivate-key';
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
const KEY = /^AKIA[A-Z0-9]{12,124}$/;
const TEMPORARY = /^ASIA/;
/** That of a session has its name behind a colon, and the root user's is the account's number. */
const USER_ID = /^\w{16,128}$/;
const ROOT_ID = /^\d{12}$/;
const USER = /^[\w+=,.@-]{1,64}$/;
const STATUSES = ['Active', 'Inactive', 'Expired'] as const;

export const deactivateKey = defineAction({
  id: ID,
  kind: 'revoke-credential',
  title: 'Deactivate an access key of an IAM user',
  system: 'aws',
  target: 'credential',
  permissions: ['iam:GetUser', 'iam:ListAccessKeys', 'iam:UpdateAccessKey'],
  reversible: true,
  undoing: 'Activates the key again, if it was active before.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html',
  proof: 'schema',

  /** Another account may have a user of that name, who has no such key; so whose it is goes by the user's own id. */
  async look(target, api, signal) {
    const { UserName, AccessKeyId } = keyOf(target);
    const user = field((await ask(api, iam('GetUser', { UserName }), [200], signal)).body, 'User');
    if (field(user, 'UserId') !== target.account_id) {
      throw invalid(ID, target, `our own credential is of an account with another user ${UserName}`);
    }
    const { body } = await ask(api, iam('ListAccessKeys', { UserName }), [200], signal);
    const key = entries(field(body, 'AccessKeyMetadata')).find((one) => field(one, 'AccessKeyId') === AccessKeyId);
    const status = STATUSES.find((one) => one === field(key ?? null, 'Status')) ?? 'unknown';
    return { state: { status: key === undefined ? 'deleted' : status.toLowerCase() } };
  },

  intend(target) {
    const { UserName, AccessKeyId } = keyOf(target);
    return {
      summary: `Deactivate the access key ${AccessKeyId} of the IAM user ${UserName}.`,
      changes: [updated(target, 'Inactive')],
      blast_radius: [
        'Whoever and whatever uses the key is refused until it is active again: people, scripts, pipelines.',
        `Other keys of ${UserName}, their password, and sessions that were opened with the key go on.`,
      ],
    };
  },

  holds(_target, state) {
    const status = field(state, 'status');
    return status === 'active' || status === 'unknown' ? undefined : `The key is ${status}.`;
  },

  undo(target, before, now) {
    if (field(before, 'status') !== 'active' || field(now, 'status') !== 'inactive') return [];
    return [updated(target, 'Active')];
  },
});

function updated(target: Target, Status: 'Active' | 'Inactive'): Change {
  return iamChange('UpdateAccessKey', { ...keyOf(target), Status });
}

/** Throws TARGET_INVALID. */
function keyOf(target: Target): { readonly UserName: string; readonly AccessKeyId: string } {
  const { id, account = '', account_id = '' } = target;
  if (TEMPORARY.test(id)) {
    throw invalid(ID, target, "a session's key cannot be deactivated; aws.deny-sessions denies the session");
  }
  if (!KEY.test(id)) throw invalid(ID, target, 'it is no access key');
  if (ROOT_ID.test(account_id)) {
    throw invalid(ID, target, 'a key of the root user is deactivated by the root user alone');
  }
  if (!USER_ID.test(account_id) || !USER.test(account)) throw invalid(ID, target, 'whose key it is, is not known');
  return { UserName: account, AccessKeyId: id };
}
