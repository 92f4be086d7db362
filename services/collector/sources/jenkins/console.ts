// The console text of one Jenkins build.
import { defineLogSource } from '../../log/source.ts';
import { jenkins } from './console/dialect.ts';

export const jenkinsConsole = defineLogSource({
  id: 'jenkins.console',
  title: 'Jenkins console output',
  reference: 'https://www.jenkins.io/doc/book/using/remote-access-api/',
  dialect: jenkins,
  stamped: false,
});
