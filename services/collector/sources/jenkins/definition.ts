// Definitions of Jenkins' jobs, looked at: see ../../definitions/source.ts.
import { defineDefinitionSource } from '../../definitions/source.ts';

export const jenkinsDefinition = defineDefinitionSource({
  id: 'jenkins.definition',
  title: 'Jenkins’ jobs as they are defined, looked at',
  reference: 'https://www.jenkins.io/doc/book/using/remote-access-api/',
});
