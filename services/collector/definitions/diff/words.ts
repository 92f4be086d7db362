// A delta in words: every change a sentence, the heaviest first.
import type { DefinitionDelta } from '../../../core/definition.ts';
import type { Sentence } from './sentence.ts';
import { environmentWords, gateWords, permissionWords, secretWords, triggerWords } from './words-access.ts';
import { jobWords, scriptWords } from './words-script.ts';
import { checkoutWords, hostWords, imageWords, runnerWords, useWords } from './words-supply.ts';

const WORD_LIMIT = 200;
const STATUS = { added: 'adds the definition', removed: 'removes the definition' };

export function wordsOf(delta: Omit<DefinitionDelta, 'words'>): readonly string[] {
  // Of a definition that is gone, nothing it did is worth a sentence.
  if (delta.status === 'removed') return [STATUS.removed];
  const sentences: readonly Sentence[] = [
    ...triggerWords(delta.triggers),
    ...permissionWords(delta.permissions),
    ...secretWords(delta.secrets),
    ...environmentWords(delta.environments),
    ...gateWords(delta.gates),
    ...runnerWords(delta.runners),
    ...imageWords(delta.images),
    ...useWords(delta.uses),
    ...checkoutWords(delta.checkouts),
    ...scriptWords(delta.scripts, delta.partial),
    ...hostWords(delta.hosts),
    ...jobWords(delta.jobs),
  ];
  const told = [...new Set(sentences.toSorted((a, b) => b.weight - a.weight).map(({ text }) => text))];
  const kept =
    told.length > WORD_LIMIT ? [...told.slice(0, WORD_LIMIT), `and ${told.length - WORD_LIMIT} more changes`] : told;
  return delta.status === 'added' ? [STATUS.added, ...kept] : kept;
}
