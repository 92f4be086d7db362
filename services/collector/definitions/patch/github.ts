// What lines of a GitHub workflow or action say, where only some of them are shown.
import { addImage, addScript, addUse, type Draft } from '../draft.ts';
import { expressionsIn, secretsIn, untrustedIn } from '../github/expressions.ts';
import { accessOf, allScopes, isScope } from '../github/permissions.ts';
import { runnerKind } from '../github/runners.ts';
import { isProposal } from '../github/steps.ts';
import { type Block, type Entry, type Fragment, flowItems } from './fragment.ts';

/** https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows */
const EVENTS = new Set(
  'branch_protection_rule check_run check_suite create delete deployment deployment_status discussion discussion_comment fork gollum image_version issue_comment issues label merge_group milestone page_build public pull_request pull_request_comment pull_request_review pull_request_review_comment pull_request_target push registry_package release repository_dispatch schedule status watch workflow_call workflow_dispatch workflow_run'.split(
    ' ',
  ),
);
/** Sections in which an event’s name means something else. */
const ELSEWHERE = new Set(
  'jobs env defaults permissions runs inputs outputs steps with branding concurrency'.split(' '),
);
const CODE = new Set('run script command commands cmd inlineScript prepare'.split(' '));

export function readGithubFragment(draft: Draft, fragment: Fragment): void {
  let step = '';
  for (const entry of fragment.entries) {
    if (entry.item) step = entry.key === 'name' ? entry.value : '';
    readEntry(draft, entry, step);
    readSecrets(draft, entry.value, entry.line);
  }
  for (const block of fragment.blocks) readBlock(draft, block);
}

function readBlock(draft: Draft, { key, text, line }: Block): void {
  readSecrets(draft, text, line);
  if (key !== undefined && !CODE.has(key)) return;
  addScript(draft, { step: '', untrusted: untrustedIn(text) }, text, line);
}

function readSecrets(draft: Draft, text: string, line: number): void {
  for (const expression of expressionsIn(text)) {
    for (const name of secretsIn(expression.text)) draft.secrets.push({ name, via: 'expression', line });
  }
}

function readEntry(draft: Draft, entry: Entry, step: string): void {
  const { key, value, line, path } = entry;
  const parent = path.at(-1);
  readTrigger(draft, entry);
  if (key === undefined) {
    if (parent === 'runs-on' || parent === 'labels') addRunner(draft, [value], line);
    return;
  }
  if (isScope(key)) addPermission(draft, key, value, line, parent);
  if (value === '') return;
  if (key === 'uses') readUse(draft, value, line);
  else if (key === 'runs-on') addRunner(draft, flowItems(value), line);
  else if (key === 'permissions') draft.permissions.push(...allPermissions(value, line));
  else if (key === 'secrets' && value === 'inherit') draft.secrets.push({ name: '*', via: 'inherit', line });
  else if (key === 'environment' || (key === 'name' && parent === 'environment'))
    draft.environments.push({ name: value, line });
  else if (key === 'container' || (key === 'image' && parent !== 'runs')) addImage(draft, value, { role: 'job', line });
  else if (key === 'ref' && isProposal(value)) draft.checkouts.push({ ref: value, untrusted: true, line });
  else if (CODE.has(key)) addScript(draft, { step, untrusted: untrustedIn(value) }, value, line);
}

function readUse(draft: Draft, value: string, line: number): void {
  if (value.startsWith('docker://')) addImage(draft, value, { role: 'step', line });
  else addUse(draft, value, { kind: /\/workflows\/[^/]+\.ya?ml(?:@|$)/.test(value) ? 'workflow' : 'action', line });
}

function addRunner(draft: Draft, labels: readonly string[], line: number): void {
  if (labels.length > 0) draft.runners.push({ labels, line, ...runnerKind(labels, undefined) });
}

/** A scope’s name is a permission under `permissions`, or where nothing above is shown. */
function addPermission(draft: Draft, scope: string, value: string, line: number, parent: string | undefined): void {
  const access = accessOf(value);
  if (access && (parent === undefined || parent === 'permissions' || parent === 'jobs')) {
    draft.permissions.push({ scope, access, line });
  }
}

function allPermissions(value: string, line: number): Draft['permissions'] {
  if (value === '{}') return [{ scope: '*', access: 'none', line }];
  return [...allScopes(value, { line })];
}

function readTrigger(draft: Draft, { key, value, path, item, line }: Entry): void {
  const [section, ...below] = path;
  const add = (event: string) => draft.triggers.push({ event, filters: [], line });
  if (key === 'on' && path.length === 0) for (const event of flowItems(value)) add(event);
  else if (key === undefined) {
    if (item && EVENTS.has(value) && (section === 'on' ? below.length === 0 : section === undefined)) add(value);
  } else if (EVENTS.has(key) && /^(?:|null|~|\{.*\}|\[.*\])$/.test(value)) {
    if (section === 'on' ? below.length === 0 : section === undefined || !ELSEWHERE.has(section)) add(key);
  }
}
