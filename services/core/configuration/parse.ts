// YAML into a validated value; whatever is wrong is told with file, line, column and, for a wrong key or name, the nearest known.
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { PipewardenError } from '../errors.ts';
import { isObject } from '../json.ts';
import { nearest } from './nearest.ts';

export interface Problem {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Validates the text of a YAML file. Throws CONFIG_INVALID with every problem, one a line: `file:line:column: what`. */
export function parseYaml<Schema extends z.ZodType>(schema: Schema, text: string, file: string): z.output<Schema> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number, message: string): Problem => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1), message };
  };
  if (document.errors.length > 0) throw invalid(document.errors.map(({ pos, message }) => at(pos[0], message)));
  const result = schema.safeParse(document.toJS() ?? {});
  if (result.success) return result.data;
  const shape: unknown = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  throw invalid(result.error.issues.flatMap((issue) => describe(issue, document, shape, at)));
}

function invalid(problems: readonly Problem[]): PipewardenError {
  const lines = problems.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`);
  return new PipewardenError('CONFIG_INVALID', { problems: lines.join('\n') });
}

type At = (offset: number, message: string) => Problem;
type Path = readonly PropertyKey[];

function describe(issue: z.core.$ZodIssue, document: Document, shape: unknown, at: At): readonly Problem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(shape, issue.path);
    return issue.keys.map((key) => {
      const near = nearest(key, known);
      const hint = near ? `did you mean ${near}?` : `known here: ${known.join(', ')}`;
      return at(keyOffset(document, issue.path, key), `${name([...issue.path, key])} is not a setting; ${hint}`);
    });
  }
  if (issue.code === 'invalid_union') {
    const branch = issue.errors.toSorted((a, b) => b.length - a.length || 0).at(-1) ?? [];
    const inner = branch.flatMap((each) =>
      describe({ ...each, path: [...issue.path, ...each.path] }, document, shape, at),
    );
    if (inner.length > 0) return inner;
  }
  return [at(valueOffset(document, issue.path), `${name(issue.path)}: ${issue.message}${hintOf(issue, document)}`)];
}

/** For one of many names, spelled otherwise. */
function hintOf(issue: z.core.$ZodIssue, document: Document): string {
  const given: unknown = document.getIn(issue.path);
  if (issue.code !== 'invalid_value' || typeof given !== 'string') return '';
  const near = nearest(given, issue.values.map(String));
  return near ? `; did you mean ${near}?` : '';
}

function name(path: Path): string {
  return path.length === 0 ? 'the configuration' : path.map(String).join('.');
}

/** Where the value at `path` begins; of what is missing, the nearest ancestor. */
function valueOffset(document: Document, path: Path): number {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function keyOffset(document: Document, path: Path, key: string): number {
  const parent: unknown = path.length === 0 ? document.contents : document.getIn([...path], true);
  if (isMap(parent)) {
    for (const { key: node } of parent.items) {
      if (isScalar(node) && node.value === key && node.range) return node.range[0];
    }
  }
  return valueOffset(document, path);
}

/** Keys that a JSON Schema knows at a path, over all branches of its unions. */
function knownKeys(shape: unknown, path: Path): readonly string[] {
  let level = branches(shape);
  for (const step of path) {
    level = level.flatMap((schema) => {
      const properties = isObject(schema.properties) ? schema.properties[String(step)] : undefined;
      return branches(properties ?? schema.items ?? schema.additionalProperties);
    });
  }
  return [...new Set(level.flatMap(({ properties }) => (isObject(properties) ? Object.keys(properties) : [])))];
}

function branches(schema: unknown): readonly Record<string, unknown>[] {
  if (!isObject(schema)) return [];
  const unions = [schema.anyOf, schema.oneOf].flatMap((union) => (Array.isArray(union) ? union : []));
  return unions.length > 0 ? unions.flatMap(branches) : [schema];
}
