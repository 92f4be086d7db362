// What a result says of the weakness itself: its kind, its vulnerability, its package, and what its tool knows it again by.
import type { AlertDetail, AlertPackage } from '../../../../core/details/alert.ts';
import type { Json } from '../../../../core/json.ts';
import { at, flag, known, list, numeric, object, text, texts, words } from '../../../fields.ts';
import { ticketsOf } from '../../../findings.ts';
import { cwesIn, purlPackage, quotedFingerprint, versionedPackage, vulnerabilitiesIn } from '../../../weakness-ids.ts';

type Said = Pick<
  AlertDetail,
  | 'score'
  | 'cwe'
  | 'vulnerabilities'
  | 'package'
  | 'fingerprints'
  | 'snippet'
  | 'secret'
  | 'exploited'
  | 'epss'
  | 'tickets'
>;

/** Their snippet is the secret alone. */
const QUOTES_SECRET = /^(?:gitleaks|trufflehog|betterleaks)/i;

/** `rule`: as its tool declares it; undefined where it does not. */
export function weaknessOf(result: Json, rule: Json | undefined, id: string | undefined, tool: string): Said {
  const bags = [at(result, 'properties'), at(rule, 'properties')];
  const region = at(list(result, 'locations')[0], 'physicalLocation', 'region');
  const quoted = quotedFingerprint(text(region, 'snippet', 'text'));
  const isSecret = QUOTES_SECRET.test(tool);
  return known({
    score: first(bags, (bag) => numeric(bag, 'security-severity') ?? numeric(bag, 'cvssv3_baseScore')),
    cwe: cwesIn([
      ...bags.flatMap(kindsIn),
      ...relatedKinds(rule),
      ...list(result, 'taxa').map((one) => text(one, 'id')),
    ]),
    vulnerabilities: idsOf(rule, bags, id),
    package: packageOf(result, bags),
    fingerprints: fingerprintsOf(result),
    snippet: isSecret ? undefined : quoted,
    secret: isSecret ? quoted : undefined,
    exploited: first(bags, (bag) => flag(bag, 'kev') ?? flag(bag, 'known_exploited') ?? flag(bag, 'knownExploited')),
    epss: first(bags, (bag) => numeric(bag, 'epss') ?? numeric(bag, 'epss_score')),
    tickets: ticketsOf(texts(result, 'workItemUris')),
  });
}

function first<Value>(bags: readonly (Json | undefined)[], read: (bag: Json | undefined) => Value | undefined) {
  for (const bag of bags) {
    const found = read(bag);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Semgrep and CodeQL tag, Snyk Code lists. */
function kindsIn(bag: Json | undefined): readonly string[] {
  return [...(texts(bag, 'tags') ?? []), ...(words(bag, 'cwe') ?? [])];
}

/** A rule's place in a taxonomy (§3.49.15). */
function relatedKinds(rule: Json | undefined): readonly (string | undefined)[] {
  return list(rule, 'relationships').map((relation) => text(relation, 'target', 'id'));
}

/** Snyk's own id has those of others before its description, in brackets; what else a text speaks of is another one. */
function idsOf(rule: Json | undefined, bags: readonly (Json | undefined)[], id: string | undefined) {
  const own = vulnerabilitiesIn([id]);
  if (own === undefined) return undefined;
  const [, bracketed] = /^\(([^()]{1,200})\)/.exec(text(rule, 'fullDescription', 'text') ?? '') ?? [];
  const others = bags.flatMap((bag) => [...(words(bag, 'cve') ?? []), ...(words(bag, 'aliases') ?? [])]);
  return vulnerabilitiesIn([id, bracketed, ...(texts(rule, 'deprecatedIds') ?? []), ...others]);
}

/** Where Grype, Snyk, Trivy and OSV-Scanner say it, in this order. */
function packageOf(result: Json, bags: readonly (Json | undefined)[]): AlertPackage | undefined {
  const purl = first(bags, (bag) => text(bag, 'purl') ?? texts(bag, 'purls')?.[0]);
  const logical = list(list(result, 'locations')[0], 'logicalLocations')[0];
  const message = (text(result, 'message', 'text') ?? '').slice(0, 2_000);
  const [, name] = /^Package: (\S+)$/m.exec(message) ?? [];
  const [, quoted] = /\bPackage '([^'\s]{1,300})'/.exec(message) ?? [];
  return (
    purlPackage(purl) ??
    versionedPackage(text(logical, 'fullyQualifiedName')) ??
    (name === undefined
      ? versionedPackage(quoted)
      : known({
          name,
          version: /^Installed Version: (\S+)$/m.exec(message)?.[1],
          fixed_version: /^Fixed Version: (\S+)/m.exec(message)?.[1],
        }))
  );
}

const MOST_FINGERPRINTS = 8;

/**
 * Semgrep without an account writes "requires login" for each: what holds a blank tells nothing apart.
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
function fingerprintsOf(result: Json): AlertDetail['fingerprints'] {
  const told = [object(result, 'fingerprints'), object(result, 'partialFingerprints')];
  const usable = told
    .flatMap((bag) => Object.entries(bag ?? {}))
    .flatMap(([name, value]) =>
      typeof value === 'string' && /^\S{8,200}$/.test(value) ? [[name, value] as const] : [],
    );
  return usable.length === 0 ? undefined : Object.fromEntries(usable.slice(0, MOST_FINGERPRINTS));
}
