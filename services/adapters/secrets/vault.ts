// HashiCorp Vault and OpenBao, engine KV, version 1 or 2.

import type { Manager } from './manager.ts';
import { createCall } from './vault/call.ts';
import { readKv } from './vault/kv.ts';
import { createSession } from './vault/session.ts';

export const vault: Manager = {
  kind: 'vault',
  title: 'Vault or OpenBao',
  form: 'MOUNT/PATH',
  // No segment that leads up, out of the engine.
  place: /^(?!\.{1,2}\/)[^/#?%\s]{1,200}(?:\/(?!\.{1,2}(?:\/|$))[^/#?%]{1,200}){1,40}$/,
  connect(world) {
    const call = createCall(world);
    const session = createSession(world, call);
    return {
      read: (place, signal) => session.using(signal, (token) => readKv(call, place, token, signal)),
      due: session.due,
      keep: session.keep,
    };
  },
};
