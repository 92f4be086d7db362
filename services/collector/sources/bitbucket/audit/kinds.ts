// Which kind of activity an audit entry is, from the words of its action; Cloud and Data Center say the same things in
// other words, and both add actions with every version. The first pattern that fits decides.
// https://confluence.atlassian.com/bitbucketserver/audit-log-events-776640423.html
// https://confluence.atlassian.com/x/WylERg
import { type Entry, plainWords } from './entry.ts';

export type AuditKind =
  | 'access'
  | 'change'
  | 'discussion'
  | 'grant'
  | 'integration'
  | 'other'
  | 'protection'
  | 'repository'
  | 'request'
  | 'review'
  | 'runner'
  | 'secret'
  | 'session'
  | 'setting';

const PATTERNS: readonly (readonly [RegExp, AuditKind])[] = [
  [/\blog(?:in|out|ged in|ged out)\b|\bauthentication (?:fail|success)|\bpassword recovery\b/, 'session'],
  [/\bexport|\bbackup\b|\bmigration\b|\bsearch performed\b|\bsupport zip\b|\bdownloaded\b|\bviewed\b/, 'request'],
  [/\bunauthori[sz]ed\b|\bsecret scanning\b|\b2sv\b|\b2fa\b|\btwo (?:step|factor)\b|\bip allow/, 'protection'],
  [
    /\baudit(?:ing)? (?:log )?config|\bssh settings\b|\bcaptcha\b|\bauthentication (?:policy|method|config)/,
    'protection',
  ],
  [
    /\brestrict|\bbranch permission|\bmerge check|\brequired? |\brequirement\b|\breviewer (?:group|condition)/,
    'protection',
  ],
  [/\baccess tokens?\b|\bapi tokens?\b|\b(?:ssh|gpg|access|deploy|signing)(?: access)? keys?\b/, 'grant'],
  [/\bapp passwords?\b|\boauth\b|\bpassword\b|\bcredentials?\b/, 'grant'],
  [/\bvariables?\b|\bsecrets?\b/, 'secret'],
  [/\brunners?\b/, 'runner'],
  [/\bweb ?hooks?\b|\bhooks?\b|\bplugin\b|\badd ?ons?\b|\bapps?\b|\bapplication link|\bmirror/, 'integration'],
  [/\baccessed\b|\bcloned?\b|\bfetch(?:ed)?\b|\bpush(?:ed)?\b|\barchived?\b/, 'request'],
  [
    /\bpull request settings?\b|\bdefault branch\b|\bbranching model\b|\bmerge strateg|\bfrom plan\b|\bplan\b/,
    'setting',
  ],
  [/\bpermissions?\b|\bgroups?\b|\bmembers?\b|\binvit|\busers?\b|\buser ?name\b|\baccount (?:de|re)activ/, 'access'],
  [/\bpull request.*(?:approv|review|needs work)/, 'review'],
  [/\bcomment/, 'discussion'],
  [/\bpull request\b/, 'change'],
  [/\brepository\b|\brepositories\b|\bfork(?:ed)?\b|\bbranch\b|\btag\b/, 'repository'],
  [/\bprojects?\b|\bworkspace\b|\bsettings?\b|\bproperty\b|\bchanged$|\bupdated$|\benabled$|\bdisabled$/, 'setting'],
];

/** Data Center's categories, for actions that no pattern knows. */
const CATEGORIES: ReadonlyMap<string, AuditKind> = new Map([
  ['apps', 'integration'],
  ['auditing', 'request'],
  ['authentication', 'session'],
  ['data pipeline', 'request'],
  ['global administration', 'setting'],
  ['permissions', 'access'],
  ['projects', 'setting'],
  ['pull requests', 'change'],
  ['repositories', 'repository'],
  ['security', 'protection'],
  ['users and groups', 'access'],
]);

export function kindOf(entry: Pick<Entry, 'action' | 'category' | 'message'>): AuditKind {
  const words = saidWords(entry);
  const found = PATTERNS.find(([pattern]) => pattern.test(words));
  return found?.[1] ?? CATEGORIES.get(entry.category?.toLowerCase() ?? '') ?? 'other';
}

/** A workspace's log tells in its description alone which property changed. */
export function saidWords({ action, message }: Pick<Entry, 'action' | 'message'>): string {
  const words = plainWords(action);
  return words.endsWith('property changed') && message !== undefined ? `${words} ${plainWords(message)}` : words;
}
