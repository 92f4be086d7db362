// SARIF: each run is a scan; its results go in groups, each with the rules that they break.
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import { at, flag, known, list, text } from '../../fields.ts';
import { repositoryName } from '../../repository-name.ts';
import { rulesOf } from '../../sources/sarif/rules/rules.ts';
import { bounded, type Format, groupsOf, invalid, type ReportContext, type Scan } from '../report.ts';

export const sarif: Format = {
  is: (_text, value) => isObject(value) && Array.isArray(value.runs) && ('version' in value || '$schema' in value),
  scans(_text, [value], context) {
    if (!isObject(value) || !Array.isArray(value.runs)) throw invalid('it is no SARIF: it has no list of runs');
    const runs: readonly Json[] = value.runs;
    if (runs.length === 0) throw invalid('it is a SARIF without a run: nothing was scanned');
    bounded(runs.flatMap((run) => list(run, 'results')));
    return runs.map((run) => scanOf(run, context));
  },
};

function scanOf(run: Json, context: ReportContext): Scan {
  const provenance = list(run, 'versionControlProvenance')[0];
  const repository = repositoryName(text(provenance, 'repositoryUri')) ?? context.repository;
  if (repository === undefined) throw invalid('it does not say which repository was scanned: add repository');
  const branch = text(provenance, 'branch') ?? context.branch;
  return known({
    by: known({ tool: rulesOf(run).tool, repository, branch }),
    category: context.category ?? categoryOf(run),
    complete: flag(list(run, 'invocations')[0], 'executionSuccessful'),
    bodies: bodiesOf(run),
  });
}

/**
 * What stands before the last slash of the run's id; GitHub reads it the same way.
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning#runautomationdetails-object
 */
function categoryOf(run: Json): string | undefined {
  const id = text(run, 'automationDetails', 'id');
  return id?.slice(0, Math.max(0, id.lastIndexOf('/'))) || undefined;
}

/** Of a result: nothing here reads them, and they can be most of a report. */
const BULK = ['codeFlows', 'graphs', 'graphTraversals', 'stacks', 'attachments', 'fixes', 'rule', 'ruleIndex'];
const RULE_BULK = ['help', 'messageStrings'];

function* bodiesOf(run: Json): Generator<object> {
  const rules = rulesOf(run);
  const head = known({
    versionControlProvenance: at(run, 'versionControlProvenance'),
    invocations: list(run, 'invocations').slice(0, 1),
  });
  for (const results of groupsOf(list(run, 'results').map((result) => without(result, BULK)))) {
    const declared = new Map<Json, number>();
    const rows = results.map(({ whole, rest }) => {
      const { id, declared: rule } = rules.of(whole);
      if (rule !== undefined && !declared.has(rule)) declared.set(rule, declared.size);
      return known({ ...rest, ruleId: id, ruleIndex: rule === undefined ? undefined : declared.get(rule) });
    });
    const used = [...declared.keys()].map((rule) => without(rule, RULE_BULK).rest);
    yield { version: '2.1.0', runs: [{ ...head, tool: { driver: { name: rules.tool, rules: used } }, results: rows }] };
  }
}

function without(whole: Json, names: readonly string[]): { readonly whole: Json; readonly rest: JsonObject } {
  const rest = isObject(whole)
    ? Object.fromEntries(Object.entries(whole).filter(([name]) => !names.includes(name)))
    : {};
  return { whole, rest };
}
