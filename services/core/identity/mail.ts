// What an e-mail address says about who somebody is. Forges give out addresses that name an account instead of a mailbox:
//   12345+mara@users.noreply.github.com, mara@users.noreply.github.com   GitHub, and GitHub Enterprise Server's own host
//     https://docs.github.com/en/account-and-profile/reference/email-addresses-reference
//   12345-mara@users.noreply.gitlab.com                                  GitLab, and an installation's own host
//     https://docs.gitlab.com/user/profile/#use-an-automatically-generated-private-commit-email
//   project_12_bot_9f…@noreply.gitlab.example                            GitLab's accounts behind access tokens
//     https://docs.gitlab.com/user/project/settings/project_access_tokens/#bot-users-for-projects

export interface MailIdentity {
  /** The address in lower case; undefined where it names an account, or nobody. */
  readonly address?: string;
  readonly account?: { readonly provider: string; readonly login: string; readonly id?: string };
}

const ADDRESS = /^[^\s@]{1,256}@[^\s@]{1,256}$/;
const BY_ID = /^(\d{1,20})([+-])([^\s@]{1,255})$/;
const FORGES: ReadonlySet<string | undefined> = new Set(['github', 'gitlab']);
const NOREPLY = 'users.noreply.';
const TOKEN_ACCOUNT = /^((?:project|group)_\d{1,20}_bot\w{0,64})@noreply\./;

/** What git puts where nobody set an address: `root@localhost`, `mara@laptop.(none)`. Any two machines may share it. */
const NOWHERE = /@(?:localhost(?:\.localdomain)?|\(none\)|[^@]*\.\(none\))$/;

/** GitHub signs what its own pages commit with this address, and its Actions with the other. */
const SYSTEM_ACCOUNTS: ReadonlyMap<string, string> = new Map([
  ['noreply@github.com', 'web-flow'],
  ['action@github.com', 'github-actions[bot]'],
  ['actions@github.com', 'github-actions[bot]'],
]);

/**
 * Undefined for what is no address (GitLab writes `[REDACTED]`), and for addresses that say nothing about a person.
 * `provider`, where the record is a forge's, decides about forms that GitHub and GitLab write alike on hosts of one's own.
 */
export function mailIdentity(text: string | undefined, provider?: string): MailIdentity | undefined {
  const address = text?.trim().toLowerCase();
  if (address === undefined || !ADDRESS.test(address) || NOWHERE.test(address)) return undefined;
  const system = SYSTEM_ACCOUNTS.get(address);
  if (system) return { account: { provider: 'github', login: system } };
  const [, token] = TOKEN_ACCOUNT.exec(address) ?? [];
  if (token) return { account: { provider: 'gitlab', login: token } };
  const [local = '', host = ''] = address.split('@');
  if (!host.startsWith(NOREPLY)) return { address };
  return { account: accountOf(local, hostProvider(host) ?? (FORGES.has(provider) ? provider : undefined)) };
}

function hostProvider(host: string): string | undefined {
  if (host === 'users.noreply.github.com') return 'github';
  return host === 'users.noreply.gitlab.com' ? 'gitlab' : undefined;
}

/** `12-factor` may be a login of GitHub, whose ids are set off by `+`; GitLab's forms all begin with the id. */
function accountOf(local: string, provider: string | undefined): NonNullable<MailIdentity['account']> {
  const [, id, mark, login] = BY_ID.exec(local) ?? [];
  if (id !== undefined && login !== undefined) {
    if (mark === '+') return { provider: 'github', login, id };
    if (provider !== 'github') return { provider: 'gitlab', login, id };
  }
  return { provider: provider ?? 'github', login: local };
}
