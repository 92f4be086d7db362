// What has to be so for Jenkins to be read: the token works, and its user may see what the configuration wants read.
// https://www.jenkins.io/doc/book/security/access-control/permissions/
import { list } from '../../fields.ts';
import { gathered } from '../bytes.ts';
import type { Client } from '../client.ts';
import type { Condition } from '../system.ts';
import { exportOf } from './export.ts';
import { jobsOf, pathOf } from './jobs.ts';
import type { JenkinsSettings } from './settings.ts';

export function jenkinsConditions({ name, user, read }: JenkinsSettings, api: Client): readonly Condition[] {
  const reads = new Set(read);
  const asks = (what: string, problem: Condition['problem']): Condition => ({ name: `${name} ${what}`, problem });
  return [
    asks('credential', async (signal) => {
      const { body } = await api.get('/api/json?tree=jobs[name]', signal);
      return list(body, 'jobs').length > 0 ? undefined : `${user} sees no job: it needs Job/Read`;
    }),
    ...(reads.has('definitions')
      ? [
          asks('definitions', async (signal) => {
            for await (const { path } of jobsOf(api, 'color', signal)) {
              const answer = await api.bytes(`${pathOf(path)}/config.xml`, signal, { expect: [403, 404] });
              await gathered(answer.bytes(), 0, 0);
              if (answer.status !== 403) return undefined;
              return `${user} needs Job/ExtendedRead (plugin Extended Read Permission); or take definitions out of \`read\``;
            }
            return undefined;
          }),
        ]
      : []),
    ...(reads.has('inventory')
      ? [
          asks('inventory', async (signal) => {
            const { status } = await api.get('/pluginManager/api/json?tree=plugins[shortName]', signal, {
              expect: [403, 404],
            });
            return status === 403 ? `${user} does not see plugins: it needs Overall/SystemRead` : undefined;
          }),
        ]
      : []),
    ...(reads.has('configuration')
      ? [
          asks('configuration', async (signal) => {
            const exported = await exportOf(api, signal);
            return 'missing' in exported ? `${exported.missing}; or take configuration out of \`read\`` : undefined;
          }),
        ]
      : []),
  ];
}
