// Sentences about what starts a definition, what it may do, which secrets it gets, what holds it back.
import type { Changes, FactChanges, Gate, Permission, SecretUse, Trigger } from '../../../core/definition.ts';
import { listed, ofJob, type Sentence, shown } from './sentence.ts';

/** Events that a stranger can cause while the run has the repository’s own token and secrets, by system. */
const RISKY = new Set([
  'pull_request_target',
  'workflow_run',
  'issue_comment',
  'issues',
  'discussion',
  'discussion_comment',
]);

export function triggerWords({ added, removed, changed }: Changes<Trigger>): readonly Sentence[] {
  const filters = (trigger: Trigger) => (trigger.filters.length > 0 ? ` (${listed(trigger.filters)})` : '');
  return [
    ...added.map((trigger) => ({
      weight: RISKY.has(trigger.event) ? 88 : 60,
      text: `${ofJob(trigger)}adds trigger ${shown(trigger.event)}${filters(trigger)}`,
    })),
    ...removed.map((trigger) => ({ weight: 30, text: `${ofJob(trigger)}removes trigger ${shown(trigger.event)}` })),
    ...changed.map(({ before, after }) => ({
      weight: RISKY.has(after.event) ? 70 : 50,
      text: `${ofJob(after)}trigger ${shown(after.event)}: ${difference(before.filters, after.filters)}`,
    })),
  ];
}

function difference(before: readonly string[], after: readonly string[]): string {
  const come = after.filter((value) => !before.includes(value));
  const gone = before.filter((value) => !after.includes(value));
  const parts = [
    ...(come.length > 0 ? [`adds ${listed(come)}`] : []),
    ...(gone.length > 0 ? [`drops ${listed(gone)}`] : []),
  ];
  return parts.join(', ');
}

export function permissionWords({ added, removed, changed }: Changes<Permission>): readonly Sentence[] {
  const named = added.filter(({ all }) => !all);
  return [
    ...everyScope([...added, ...changed.map(({ after }) => after)], 'gets', 92),
    ...everyScope([...removed, ...changed.map(({ before }) => before)], 'no longer has', 40),
    ...named.map((permission) => ({
      weight: weightOf(permission),
      text: `${ofJob(permission)}${granted(permission)}`,
    })),
    ...changed
      .filter(({ after }) => !after.all)
      .map(({ before, after }) => ({
        weight: after.access === 'write' ? 86 : 35,
        text: `${ofJob(after)}permission ${shown(after.scope)} from ${before.access} to ${after.access}`,
      })),
    ...removed
      .filter(({ all }) => !all)
      .map((permission) => ({ weight: 30, text: `${ofJob(permission)}${lost(permission)}` })),
  ];
}

function granted({ scope, access, subject }: Permission): string {
  if (scope === '*' && access === 'none') return 'sets all permissions to none';
  return subject === undefined
    ? `adds permission ${shown(scope)}: ${access}`
    : `grants ${shown(scope)} to ${shown(subject)}`;
}

function lost({ scope, access, subject }: Permission): string {
  if (scope === '*' && access === 'none') return 'no longer sets all permissions to none';
  const to = subject === undefined ? '' : ` from ${shown(subject)}`;
  return `removes permission ${shown(scope)}${to}${subject === undefined ? `: ${access}` : ''}`;
}

function weightOf({ access, subject }: Permission): number {
  if (subject !== undefined) return /anonymous/i.test(subject) ? 95 : 75;
  return access === 'write' ? 84 : 32;
}

/** `read-all` and `write-all` are one sentence, not eighteen. */
function everyScope(permissions: readonly Permission[], verb: string, weight: number): readonly Sentence[] {
  const jobs = Map.groupBy(
    permissions.filter(({ all }) => all),
    ({ job }) => job,
  );
  return [...jobs].map(([job, all]) => {
    const writes = all.some(({ access }) => access === 'write');
    const text = `${ofJob(job === undefined ? {} : { job })}${verb} every permission (${writes ? 'write-all' : 'read-all'})`;
    return { weight: writes ? weight : weight / 2, text };
  });
}

export function secretWords({ added, removed }: Changes<SecretUse>): readonly Sentence[] {
  return [
    ...added.map((secret) => ({
      weight: secret.name === '*' ? 96 : /^github[._]token$/i.test(secret.name) ? 45 : 78,
      text: `${ofJob(secret)}now uses ${secretName(secret)}`,
    })),
    ...removed.map((secret) => ({ weight: 20, text: `${ofJob(secret)}no longer uses ${secretName(secret)}` })),
  ];
}

const SECRET_KINDS: Readonly<Record<SecretUse['via'], string>> = {
  expression: 'secret',
  inherit: 'secret',
  context: 'context',
  credential: 'credential',
  vault: 'vault secret',
  variable: 'variable',
};

function secretName({ name, via }: SecretUse): string {
  if (name === '*') return via === 'inherit' ? 'all secrets (inherit)' : 'all secrets at once';
  return `${SECRET_KINDS[via]} ${shown(name)}`;
}

export function gateWords({ added, removed, changed }: Changes<Gate>): readonly Sentence[] {
  const what = ({ kind, detail }: Gate) => {
    const names = { manual: 'a manual start', approval: 'an approval', input: 'an input', condition: 'a condition' };
    return `${names[kind]}${detail ? ` (${shown(detail)})` : ''}`;
  };
  return [
    ...removed.map((gate) => ({
      weight: gate.kind === 'condition' ? 58 : 82,
      text: `${ofJob(gate)}no longer waits for ${what(gate)}`,
    })),
    ...added.map((gate) => ({ weight: 25, text: `${ofJob(gate)}now waits for ${what(gate)}` })),
    ...changed.map(({ before, after }) => ({
      weight: 52,
      text: `${ofJob(after)}${after.kind} from ${shown(before.detail ?? 'nothing')} to ${shown(after.detail ?? 'nothing')}`,
    })),
  ];
}

export function environmentWords({ added, removed, changed }: FactChanges['environments']): readonly Sentence[] {
  return [
    ...added.map((one) => ({ weight: 55, text: `${ofJob(one)}deploys to environment ${shown(one.name)}` })),
    ...removed.map((one) => ({ weight: 62, text: `${ofJob(one)}no longer names environment ${shown(one.name)}` })),
    ...changed.map(({ before, after }) => ({
      weight: 62,
      text:
        before.name === after.name
          ? `${ofJob(after)}environment ${shown(after.name)}: another address`
          : `${ofJob(after)}environment from ${shown(before.name)} to ${shown(after.name)}`,
    })),
  ];
}
