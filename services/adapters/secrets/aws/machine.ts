// The role of an EC2 machine, from its metadata service, version 2 alone: version 1 can be had through a foolish proxy.
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-security-credentials.html
import { PipewardenError } from '../../../core/errors.ts';
import { jsonIn, refusal } from '../answer.ts';
import type { Answer, Request } from '../ask.ts';
import type { World } from '../manager.ts';
import { type Temporary, temporaryIn } from './credential.ts';

const METADATA = 'http://169.254.169.254';
const ROLES = '/latest/meta-data/iam/security-credentials/';
const LIFE_SECONDS = '300';

export async function fromMachine({ env, ask }: World, signal: AbortSignal): Promise<Temporary> {
  if (env.AWS_EC2_METADATA_DISABLED?.toLowerCase() === 'true') {
    throw new PipewardenError('CONFIG_INVALID', {
      problems: 'there is no credential for AWS: docs/operations.md lists where it is looked for',
    });
  }
  const base = (env.AWS_EC2_METADATA_SERVICE_ENDPOINT || METADATA).replace(/\/+$/, '');
  const token = await given({
    method: 'PUT',
    url: `${base}/latest/api/token`,
    headers: { 'x-aws-ec2-metadata-token-ttl-seconds': LIFE_SECONDS },
  });
  const headers = { 'x-aws-ec2-metadata-token': token.text };
  const [role = ''] = (await given({ method: 'GET', url: `${base}${ROLES}`, headers })).text.trim().split('\n');
  const request: Request = { method: 'GET', url: `${base}${ROLES}${encodeURIComponent(role)}`, headers };
  return temporaryIn(jsonIn(await given(request)), request);

  async function given(one: Request): Promise<Answer> {
    const answer = await ask(one, signal);
    if (answer.status !== 200) throw refusal(one, answer.status);
    return answer;
  }
}
