// The log of one GitHub Actions job, as text.
import { defineLogSource } from '../../log/source.ts';
import { github } from './job-log/dialect.ts';

export const githubJobLog = defineLogSource({
  id: 'github.job-log',
  title: 'GitHub Actions job logs',
  reference: 'https://docs.github.com/en/rest/actions/workflow-jobs#download-job-logs-for-a-workflow-run',
  provider: 'github',
  dialect: github,
  stamped: true,
});
