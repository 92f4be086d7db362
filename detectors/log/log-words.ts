// What both detectors of exposed secrets say of a job's log.
import type { ActivityOf } from '../../services/core/activity.ts';

/** A log was read: told with its setup, and with an exposure where it held something. */
export type OfLog = 'setup' | 'exposure';

/** Found by the word before them rather than by their own form: tests and help texts are full of them. */
const LOOSE =
  /^(?:password|secret-value|secret|token|credential|api-key|url-password|basic-auth|[a-z-]*option-password)$/;
const KEY_MATERIAL = /private-key/;
/** What opens code, packages and clouds, and is told by a prefix of its own. */
const STRICT =
  /^(?:aws-(?:access|secret|session)|github-|gitlab-|npm-|pypi-|dockerhub-|docker-|google-|gcp-|azure-|vault-|hashicorp-|slack-)/;

/** Kinds with a form of their own. */
export function firmKinds(activity: ActivityOf<OfLog>): readonly string[] {
  return activity.kind === 'exposure' ? Object.keys(activity.detail.kinds).filter((kind) => !LOOSE.test(kind)) : [];
}

export function isKeyMaterial(kind: string): boolean {
  return KEY_MATERIAL.test(kind);
}

export function isStrict(kind: string): boolean {
  return STRICT.test(kind);
}

/** `2.3 KB`. */
export function sizeWords(bytes: number): string {
  return bytes < 1024 ? `${Math.round(bytes)} bytes` : `${(bytes / 1024).toFixed(1)} KB`;
}
