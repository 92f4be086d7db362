// Pieces of Markdown for the generated pages.

export const GENERATED = '<!-- Generated from the code by `npm run generate`; do not edit. -->';

/** Pipes and line breaks would end a cell. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |\n`).join('');
}

export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}\n`).join('');
}

/** A page: title, what it is, its parts with blank lines between. */
export function page(title: string, intro: string, parts: readonly string[]): string {
  return `${[GENERATED, `# ${title}`, intro, ...parts].map((part) => part.trimEnd()).join('\n\n')}\n`;
}
