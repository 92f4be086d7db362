// What has to be so for GitHub to be read: the credential works, and may see what the configuration wants read.
import { PipewardenError } from '../../../core/errors.ts';
import { list, text } from '../../fields.ts';
import type { Condition } from '../system.ts';
import { AUDIT_LIMIT } from './audit.ts';
import type { GithubClients } from './credential.ts';
import { organizationHook } from './deliveries.ts';
import { NEEDED, PERMISSIONS } from './permissions.ts';
import type { GithubSettings, READS } from './settings.ts';

export function githubConditions(settings: GithubSettings, { api }: GithubClients): readonly Condition[] {
  const { organizations, webhook } = settings;
  const reads = new Set(settings.read);
  return [
    {
      name: `${settings.name} credential`,
      async problem(signal) {
        await api.get('/rate_limit', signal);
        return undefined;
      },
    },
    ...organizations.flatMap((organization): readonly Condition[] => [
      ...(reads.has('audit')
        ? [
            seen(`audit log of ${organization}`, 'audit', 'and GitHub Enterprise Cloud', (signal) =>
              api.get(`/orgs/${organization}/audit-log?per_page=1`, signal, { limit: AUDIT_LIMIT }),
            ),
          ]
        : []),
      ...(reads.has('deliveries') && webhook !== undefined
        ? [
            {
              name: `webhook of ${organization}`,
              async problem(signal: AbortSignal) {
                const path = await organizationHook(organization, webhook, api)
                  .path(signal)
                  .catch(denied('deliveries'));
                return path === undefined ? `none delivers to ${webhook}: make one, or mend its address` : undefined;
              },
            },
          ]
        : []),
      ...(['job-logs', 'definitions'] as const).flatMap((read) =>
        reads.has(read)
          ? [
              seen(`${read} of ${organization}`, read, '', async (signal) => {
                const { body } = await api.get(`/orgs/${organization}/repos?per_page=1&type=all&sort=pushed`, signal);
                const name = text(list(body)[0], 'full_name');
                const path = read === 'job-logs' ? 'actions/runs' : 'commits';
                if (name !== undefined) await api.get(`/repos/${name}/${path}?per_page=1`, signal, { expect: [409] });
              }),
            ]
          : [],
      ),
      ...(reads.has('inventory')
        ? [
            seen(`settings of ${organization}`, 'inventory', '', async (signal) => {
              for (const path of ['actions/runners', 'actions/secrets', 'hooks', 'rulesets']) {
                await api.get(`/orgs/${organization}/${path}?per_page=1`, signal);
              }
            }),
          ]
        : []),
    ]),
  ];
}

function seen(
  name: string,
  read: (typeof READS)[number],
  also: string,
  look: (signal: AbortSignal) => Promise<unknown>,
): Condition {
  return {
    name,
    async problem(signal) {
      await look(signal).catch(denied(read, also));
      return undefined;
    },
  };
}

/** GitHub answers 404 where it does not want to say that something is there. */
function denied(read: (typeof READS)[number], also = ''): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof PipewardenError) || (error.code !== 'API_REFUSED' && error.data.status !== 404)) throw error;
    const needs = [`Read access to ${NEEDED[read].map((permission) => PERMISSIONS[permission]).join(', ')}`, also]
      .filter((word) => word !== '')
      .join(' ');
    const problem = `${String(error.data.problem)}. It needs: ${needs}. Or take ${read} out of \`read\``;
    throw new PipewardenError('API_REFUSED', { ...error.data, problem });
  };
}
