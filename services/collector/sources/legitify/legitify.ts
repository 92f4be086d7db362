// Legitify's JSON: policies that an organization, repository, member … does not hold to.
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json } from '../../../core/json.ts';
import { known, list, text } from '../../fields.ts';
import { alertsOf, type Found, locationOf, scanned } from '../../findings.ts';
import { repositoryName } from '../../repository-name.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';

const TOOL = 'Legitify';

export const legitify = defineSource({
  id: 'legitify',
  title: 'Legitify reports',
  reference: 'https://github.com/Legit-Labs/legitify#output-options',
  body: 'json',
  identifiers: ['policyName', 'fullyQualifiedPolicyName'],
  normalize,
  time: () => undefined,
});

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const body = isObject(record.body) ? record.body : {};
  // Versions before 1.0 wrote the content alone.
  const content = isObject(body.content) ? body.content : body;
  const policies = policiesOf(content);
  if (policies.length === 0 && !Object.hasOwn(body, 'content')) {
    throw new PipewardenError('RECORD_INVALID', { source: record.source, problem: 'the body holds no policies' });
  }
  const rows = policies.flatMap((policy) => list(policy, 'violations').map((violation) => ({ policy, violation })));
  return alertsOf({ native_type: 'violation', tool: TOOL }, rows, findingOf);
}

/** Flat by policy, or grouped by namespace, severity or resource first. */
export function policiesOf(content: Json, depth = 2): readonly Json[] {
  if (!isObject(content)) return [];
  if (isObject(content.policyInfo)) return [content];
  return depth === 0 ? [] : Object.values(content).flatMap((inner) => policiesOf(inner ?? null, depth - 1));
}

function findingOf(row: Json): Found | undefined {
  const { policy, violation } = isObject(row) ? row : {};
  const status = text(violation, 'status') ?? 'FAILED';
  if (status !== 'FAILED') return undefined;
  const link = text(violation, 'canonicalLink');
  const repository = text(violation, 'violationEntityType') === 'repository' ? repositoryName(link) : undefined;
  return known({
    vcs: scanned(repository),
    detail: known({
      action: 'violated',
      tool: TOOL,
      rule: text(policy, 'policyInfo', 'policyName'),
      title: text(policy, 'policyInfo', 'title'),
      level: text(policy, 'policyInfo', 'severity'),
      location: locationOf(link),
    }),
  });
}
