// An event of the CNCF distribution, as its notifications carry it.
// https://distribution.github.io/distribution/about/notifications/#events
import { isIP } from 'node:net';
import { actorType } from '../../../../core/identity/bots.ts';
import { isObject, type Json, type JsonObject } from '../../../../core/json.ts';
import { anyKnown, instant, known, number, text } from '../../../fields.ts';
import type { ActivityDraft } from '../../../source.ts';
import { parseEndpoint } from '../../sensors/shared/endpoints.ts';

export function isNotification(event: Json): event is JsonObject {
  return isObject(event) && typeof event.action === 'string' && isObject(event.target);
}

/** In the words of CDEvents; a manifest that is pushed is published, a layer alone is not. */
const ACTIONS: ReadonlyMap<string, string> = new Map([
  ['push', 'pushed'],
  ['pull', 'downloaded'],
  ['mount', 'mounted'],
  ['delete', 'deleted'],
]);

export function notificationDraft(event: JsonObject): ActivityDraft {
  const native = text(event, 'action') ?? 'unnamed';
  const action = native === 'push' && isManifest(event) ? 'published' : (ACTIONS.get(native) ?? native);
  const name = text(event, 'actor', 'name');
  return known({
    kind: 'artifact',
    native_type: native,
    natural_id: text(event, 'id'),
    observed_at: instant(event, 'timestamp'),
    actor: name === undefined ? undefined : { name, type: actorType({ name }) },
    client: anyKnown({
      address: addressIn(text(event, 'request', 'addr')),
      user_agent: text(event, 'request', 'useragent'),
    }),
    detail: known({
      action,
      name: text(event, 'target', 'repository'),
      version: text(event, 'target', 'tag'),
      digest: text(event, 'target', 'digest'),
      size: number(event, 'target', 'size') ?? number(event, 'target', 'length'),
      // Of a layer that is mounted: where it is taken from.
      location: text(event, 'target', 'fromRepository') ?? text(event, 'target', 'url'),
    }),
  });
}

/** Manifests and lists of them, of Docker and of OCI: https://github.com/opencontainers/image-spec/blob/main/media-types.md */
function isManifest(event: JsonObject): boolean {
  const type = text(event, 'target', 'mediaType');
  return type === undefined ? text(event, 'target', 'tag') !== undefined : /\.manifest\.|\.image\.index\./.test(type);
}

/** `192.168.64.11:42961`; some proxies leave a name there. */
function addressIn(remote: string | undefined): string | undefined {
  const address = remote === undefined ? undefined : parseEndpoint(remote)?.address;
  return address !== undefined && isIP(address) > 0 ? address : undefined;
}
