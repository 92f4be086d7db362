// What happens in an OCI registry: notifications of the CNCF distribution (and of registries made of it), webhooks of Harbor.
// https://distribution.github.io/distribution/about/notifications/
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json } from '../../../core/json.ts';
import { instant, latest } from '../../fields.ts';
import { listed } from '../../push.ts';
import { authorization } from '../../receiver/proofs.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { harborDrafts, isHarborEvent } from './registry/harbor.ts';
import { isNotification, notificationDraft } from './registry/notification.ts';

export const ociRegistry = defineSource({
  id: 'oci.registry',
  title: 'OCI registries (CNCF distribution, Harbor)',
  reference: 'https://distribution.github.io/distribution/about/notifications/',
  push: { path: '/hooks/registry', proof: authorization, split: (body) => listed(body).flatMap(eventsIn) },
  body: 'json',
  identifiers: ['id', 'digest', 'instanceID'],
  normalize,
  time: (body) => latest(eventsIn(body).map((event) => instant(event, 'timestamp') ?? instant(event, 'occur_at'))),
});

function eventsIn<Body>(body: Body): readonly Body[] {
  return isObject(body) && Array.isArray(body.events) ? body.events : [body];
}

function normalize({ body, source }: RedactedRecord): readonly ActivityDraft[] {
  return eventsIn(body).flatMap((event: Json) => {
    if (isNotification(event)) return [notificationDraft(event)];
    if (isHarborEvent(event)) return harborDrafts(event);
    throw new PipewardenError('RECORD_INVALID', { source, problem: 'the body is no event of a registry' });
  });
}
