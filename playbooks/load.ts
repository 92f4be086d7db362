// Reads the playbooks of a folder; whatever is wrong with one is said with file, line and column.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseYaml } from '../services/core/configuration/parse.ts';
import { messageOf, PipewardenError } from '../services/core/errors.ts';
import type { Playbook } from '../services/core/playbook.ts';
import { PlaybookFile } from './schema.ts';

const FILE = /^([a-z0-9]+(?:-[a-z0-9]+)*)\.yaml$/;

/**
 * Every `*.yaml` of a folder, by name; a playbook's id is its file's name. Throws CONFIG_UNREADABLE when the folder or
 * a file cannot be read, CONFIG_INVALID with every problem of every file, one a line: `FILE:LINE:COLUMN: problem`.
 */
export function loadPlaybooks(folder: string): Playbook[] {
  const problems: string[] = [];
  const playbooks: Playbook[] = [];
  const names = reading(folder, () => readdirSync(folder));
  for (const name of names.filter((each) => each.endsWith('.yaml')).sort()) {
    const file = join(folder, name);
    try {
      playbooks.push(loadPlaybook(name, file));
    } catch (error) {
      if (!(error instanceof PipewardenError) || error.code !== 'CONFIG_INVALID') throw error;
      problems.push(error.message);
    }
  }
  if (problems.length > 0) throw new PipewardenError('CONFIG_INVALID', { problems: problems.join('\n') });
  return playbooks;
}

function loadPlaybook(name: string, file: string): Playbook {
  const id = FILE.exec(name)?.[1];
  if (!id) {
    const problems = `${file}:1:1: the file of a playbook is named in lower-case words joined by -`;
    throw new PipewardenError('CONFIG_INVALID', { problems });
  }
  const text = reading(file, () => readFileSync(file, 'utf8'));
  return { id, ...parseYaml(PlaybookFile, text, file) };
}

function reading<Result>(file: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw new PipewardenError('CONFIG_UNREADABLE', { file, problem: messageOf(error) }, error);
  }
}
