// Google Cloud's Secret Manager, as the service account of the machine or pod that we run on.
// https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets.versions/access
// https://cloud.google.com/compute/docs/access/authenticate-workloads#applications
import { isObject } from '../../core/json.ts';
import { askJson, secondsIn, textIn, unexpected } from './answer.ts';
import type { Request } from './ask.ts';
import { createExpiring, withCredential } from './expiring.ts';
import type { Manager, World } from './manager.ts';

/** The server's number, so that nobody's DNS decides who it is. */
const TOKEN: Request = {
  method: 'GET',
  url: 'http://169.254.169.254/computeMetadata/v1/instance/service-accounts/default/token',
  headers: { 'metadata-flavor': 'Google' },
};

export const gcp: Manager = {
  kind: 'gcp',
  title: 'Google Cloud Secret Manager',
  form: 'PROJECT/SECRET/VERSION',
  place: /^[a-z0-9][a-z0-9:.-]{1,100}\/[\w-]{1,255}(?:\/(?:latest|\d{1,20}|[\w-]{1,63}))?$/,
  connect(world) {
    const tokens = createExpiring((signal) => tokenOf(world, signal), world.clock);
    return {
      read: (place, signal) =>
        withCredential(tokens, signal, async ({ token }) => {
          const [project, secret, version = 'latest'] = place.split('/');
          const request: Request = {
            method: 'GET',
            url: `https://secretmanager.googleapis.com/v1/projects/${project}/secrets/${secret}/versions/${version}:access`,
            headers: { authorization: `Bearer ${token}` },
          };
          const { payload } = await askJson(world.ask, request, signal);
          if (!isObject(payload)) throw unexpected(request, 'the answer has no payload');
          return Buffer.from(textIn(payload, 'data', request), 'base64').toString('utf8');
        }),
    };
  },
};

async function tokenOf({ ask, clock }: World, signal: AbortSignal) {
  const since = clock.now();
  const body = await askJson(ask, TOKEN, signal);
  return { token: textIn(body, 'access_token', TOKEN), expires: since + (secondsIn(body, 'expires_in') ?? 0) };
}
