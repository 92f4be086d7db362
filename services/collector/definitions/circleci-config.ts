// CircleCI configurations. Format: https://circleci.com/docs/reference/configuration-reference/.
import type { Definition } from '../../core/definition.ts';
import { readSteps } from './circleci/steps.ts';
import { readWhere } from './circleci/where.ts';
import { readWorkflows } from './circleci/workflows.ts';
import { addUse, type Draft, finish, linesOf, startDraft } from './draft.ts';
import { addVariableSecrets } from './variables.ts';
import { loadYaml } from './yaml/load.ts';
import { at, entries, text, type YamlNode } from './yaml/node.ts';

/** Orbs within orbs that are written out in the file. */
const ORB_DEPTH = 3;

export function readCircleciConfig(path: string, source: string): Definition {
  const { roots, problems } = loadYaml(source);
  const draft = startDraft(problems);
  const [root] = roots;
  if (root?.kind === 'map') readRoot(draft, root, '', 0);
  else draft.problems.push({ message: 'a configuration is a map' });
  addVariableSecrets(draft, new Set());
  return finish(draft, { system: 'circleci', path }, linesOf(source));
}

/** `prefix`: of an orb that is written out, its name. */
function readRoot(draft: Draft, root: YamlNode, prefix: string, depth: number): void {
  for (const [name, orb] of entries(root, 'orbs')) {
    const used = text(orb);
    if (used) addUse(draft, used, { kind: 'orb', line: orb.line });
    else if (depth < ORB_DEPTH) readRoot(draft, orb, `${prefix}${name}/`, depth + 1);
  }
  for (const [name, job] of entries(root, 'jobs')) {
    const steps = readSteps(draft, at(job, 'steps'), { job: `${prefix}${name}`, shell: text(job, 'shell') });
    draft.jobs.push({ name: `${prefix}${name}`, steps, line: job.line });
    readWhere(draft, root, `${prefix}${name}`, job);
  }
  // Read once, under their own name: jobs only say that they use them.
  for (const [name, command] of entries(root, 'commands')) {
    const own = `${prefix}commands/${name}`;
    draft.jobs.push({
      name: own,
      steps: readSteps(draft, at(command, 'steps'), { job: own, shell: undefined }),
      line: command.line,
    });
  }
  readWorkflows(draft, at(root, 'workflows'));
}
