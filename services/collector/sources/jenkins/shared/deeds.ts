// What a request to Jenkins' web interface does, when it is one that changes something: for the access log and for the
// Audit Trail plugin, which both tell it by its path. Handlers of core and of the plugins nearly everybody has.
import type { Piece } from '../../../delivery.ts';
import { known } from '../../../fields.ts';
import type { Place } from './path.ts';

/** Undefined for what only looks, and for what nothing here knows. */
export function deedOf(place: Place): Piece | undefined {
  return (
    secret(place) ??
    grant(place) ??
    runner(place) ??
    account(place) ??
    guard(place) ??
    plugin(place) ??
    job(place) ??
    controller(place)
  );
}

/** The last part: the handler. */
function handlerOf({ action }: Place): string {
  return action.slice(action.lastIndexOf('/') + 1);
}

const SCRIPT = /^(?:script|scriptText)$/;

/** Requests with a name of their own, whoever asks: what runs code, and what tells a session. */
export function namedRequest(place: Place): 'script console' | 'cli' | undefined {
  if (SCRIPT.test(handlerOf(place))) return 'script console';
  return place.action === 'cli' || place.action === 'cli/ws' ? 'cli' : undefined;
}

/** Signing in and out. Jenkins answers a wrong password like a right one: by leading to another page. */
export function sessionOf({ action }: Place): Piece | undefined {
  if (/^j_(?:spring|acegi)_security_check$/.test(action)) {
    return { kind: 'session', detail: { action: 'other', method: 'password' } };
  }
  if (action === 'loginError') return { kind: 'session', detail: { action: 'failure', method: 'password' } };
  if (action === 'logout') return { kind: 'session', detail: { action: 'logout' } };
  if (/^securityRealm\/(?:commenceLogin|finishLogin)$/.test(action)) {
    return { kind: 'session', detail: { action: 'other', method: 'single sign-on' } };
  }
  return undefined;
}

/** https://plugins.jenkins.io/credentials/ */
function secret(place: Place): Piece | undefined {
  const handler = handlerOf(place);
  const stored = place.credential !== undefined || /(?:^|\/)credentials(?:\/|$)/.test(place.action);
  if (!stored || !/^(?:create\w*|update\w*|configSubmit|config\.xml|doDelete|doMove|submit\w*)$/.test(handler)) {
    return undefined;
  }
  return { kind: 'secret', detail: known({ action: handler, name: place.credential }) };
}

/** https://javadoc.jenkins.io/jenkins/security/ApiTokenProperty.html */
function grant(place: Place): Piece | undefined {
  const own = /(?:^|\/)(generateNewToken|addFixedToken|changeToken|revoke(?:All|AllExcept)?|rename)$/.exec(
    place.action,
  );
  if (!own?.[1] || !/Token|revoke/.test(place.action)) return undefined;
  return { kind: 'grant', detail: known({ action: own[1], name: place.user }) };
}

function runner(place: Place): Piece | undefined {
  const handler = handlerOf(place);
  const all = /^computer\/(?:doCreateItem|createItem|configSubmit)$/.test(place.action);
  const one =
    place.computer !== undefined &&
    /^(?:doDelete|configSubmit|config\.xml|toggleOffline|changeOfflineCause|doLaunchSlaveAgent|launchSlaveAgent|doDisconnect)$/.test(
      handler,
    );
  if (all || one) return { kind: 'runner', detail: { action: handler } };
  if (/^cloud(?:s)?(?:\/|$)|^configureClouds\//.test(place.action) && handler !== 'cloud') {
    return { kind: 'setting', detail: { action: handler, name: 'clouds of agents' } };
  }
  return undefined;
}

function account(place: Place): Piece | undefined {
  const handler = handlerOf(place);
  if (/^securityRealm\/createAccount|^signup$|^createFirstAdminUser$/.test(place.action)) {
    return { kind: 'access', detail: { action: handler } };
  }
  if (/^role-strategy\//.test(place.action)) return { kind: 'access', detail: { action: handler } };
  if (place.user === undefined) return undefined;
  if (handler === 'doDelete') return { kind: 'access', detail: { action: handler, subject: place.user } };
  const changed = /^(?:configSubmit|config\.xml)$/.test(handler);
  return changed ? { kind: 'setting', detail: { action: handler, name: place.user } } : undefined;
}

function guard({ action }: Place): Piece | undefined {
  if (/^configureSecurity\/(?:configure|configSubmit)$/.test(action)) {
    return { kind: 'protection', detail: { change: 'changed', what: 'security configuration' } };
  }
  if (/^scriptApproval\/.+/.test(action) || /^\$stapler\/bound\/.*\/approve\w+$/.test(action)) {
    return { kind: 'protection', detail: { change: 'overridden', what: 'script approval' } };
  }
  return undefined;
}

function plugin(place: Place): Piece | undefined {
  const handler = handlerOf(place);
  const all = /^(?:pluginManager|updateCenter)\/.+/.test(place.action);
  const one = /^(?:doUninstall|makeDisabled|makeEnabled|doDowngrade)$/.test(handler);
  const looks = /^(?:installed|available|updates|advanced|api|checkUpdates|checkUpdatesServer)$/.test(handler);
  return (all && !looks) || one ? { kind: 'integration', detail: { action: `plugin ${handler}` } } : undefined;
}

const STOPS = /^(?:stop|term|kill|cancelQueue|cancelItem)$/;

function job(place: Place): Piece | undefined {
  const handler = handlerOf(place);
  if (STOPS.test(handler)) return { kind: 'run', detail: { action: handler } };
  if (handler === 'createItem') return definition(place, 'added');
  if (place.job === undefined) return undefined;
  if (place.build !== undefined) {
    if (handler === 'doDelete') return { kind: 'run', detail: { action: handler } };
    const kept = /^(?:toggleLogKeep|submitDescription|configSubmit)$/.test(handler);
    return kept ? { kind: 'setting', detail: { action: handler, name: place.job } } : undefined;
  }
  if (place.action === 'configSubmit' || place.action === 'config.xml') return definition(place, 'changed');
  if (place.action === 'doDelete') return definition(place, 'removed');
  const set = /^(?:enable|disable|confirmRename|doRename|move\/move|doWipeOutWorkspace|submitDescription)$/;
  return set.test(place.action) ? { kind: 'setting', detail: { action: place.action, name: place.job } } : undefined;
}

function definition({ job }: Place, change: 'added' | 'changed' | 'removed'): Piece {
  const path = job === undefined ? 'config.xml' : `${job}/config.xml`;
  return { kind: 'definition', detail: { system: 'jenkins', path, change } };
}

const CONTROLLER =
  /^(?:configSubmit|restart|safeRestart|exit|safeExit|quietDown|cancelQuietDown|reload|createView|systemProperties|configuration-as-code\/(?:apply|reload|replace))$/;

function controller({ action, job }: Place): Piece | undefined {
  if (job !== undefined || !CONTROLLER.test(action)) return undefined;
  return { kind: 'setting', detail: { action, name: 'controller' } };
}
