// Where in a pipeline a call stands: the blocks around it, the stage, the job that the stage is.

export interface Block {
  /** `stage`, `agent`, `steps`, `withCredentials` … */
  readonly name: string;
  /** The stage’s name, where it is one. */
  readonly title?: string;
}

/** Blocks of a declarative pipeline whose content is settings, not steps. */
const SETTINGS = new Set(
  'agent environment options parameters triggers tools when input axes excludes libraries'.split(' '),
);

export function stageOf(blocks: readonly Block[]): string | undefined {
  const titles = blocks.filter(({ name }) => name === 'stage').map(({ title }) => title ?? '');
  return titles.length > 0 ? titles.join('/') : undefined;
}

export function isWithin(blocks: readonly Block[], name: string): boolean {
  return blocks.some((block) => block.name === name);
}

export function holdsSteps(blocks: readonly Block[]): boolean {
  return !blocks.some(({ name }) => SETTINGS.has(name));
}
