// A small reader of HTML that this project writes itself: enough to see that tags are balanced and what they are.

const VOID = new Set(['meta', 'link', 'br', 'hr', 'img', 'input', 'wbr']);
const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z][a-zA-Z0-9:-]*(?:="[^"<>]*")?)*)\s*(\/?)>/g;

export interface Tag {
  readonly name: string;
  readonly attributes: string;
}

/** What is wrong with the markup, in words; empty when nothing is. */
export function problemsOf(html: string): readonly string[] {
  const problems: string[] = [];
  const open: string[] = [];
  for (const [, close, name = '', , selfClosed] of html.matchAll(TAG)) {
    if (selfClosed || VOID.has(name)) continue;
    if (!close) {
      if (name !== 'p' && BLOCKS.has(name) && open.at(-1) === 'p') problems.push(`<${name}> inside <p>`);
      open.push(name);
    } else if (open.pop() !== name) {
      problems.push(`</${name}> closes something else`);
      break;
    }
  }
  if (open.length > 0) problems.push(`<${open.join('><')}> left open`);
  const stray = html
    .replace(TAG, '')
    .replace('<!doctype html>', '')
    .match(/[<>].{0,40}/);
  if (stray) problems.push(`stray ${stray[0]}`);
  const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) problems.push(`id ${id} twice`);
  return [...problems, ...headingProblems(html)];
}

const BLOCKS = new Set(['p', 'div', 'ul', 'ol', 'dl', 'details', 'table', 'section', 'article', 'pre', 'figure']);

export function tagsOf(html: string): readonly Tag[] {
  return [...html.matchAll(TAG)]
    .filter(([, close]) => !close)
    .map(([, , name = '', attributes = '']) => ({ name, attributes }));
}

function headingProblems(html: string): readonly string[] {
  const levels = [...html.matchAll(/<h([1-6])[ >]/g)].map(([, level]) => Number(level));
  const skipped = levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1);
  const first = levels.filter((level) => level === 1).length;
  return [...skipped.map((level) => `h${level} skips a level`), ...(first === 1 ? [] : [`${first} h1`])];
}
