// Definitions of workflows and actions, fetched when a push touched them: see ../../definitions/source.ts.
import { defineDefinitionSource } from '../../definitions/source.ts';

export const githubDefinition = defineDefinitionSource({
  id: 'github.definition',
  title: 'GitHub’s workflow definitions, fetched',
  reference: 'https://docs.github.com/en/rest/repos/contents#get-repository-content',
});
