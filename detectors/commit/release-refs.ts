// Branches and tags that others build and release from.

/** Of the usual names: `release/7.2`, `stable`, `v1.x`, `production`. */
const RELEASE =
  /^(?:(?:release|releases|rel|stable|maint|maintenance|support|hotfix|prod|production)(?:[/_.-].{1,100})?|v?\d{1,4}(?:[._](?:\d{1,4}|x)){0,3}(?:[._-](?:x|stable|lts|maint|branch|release))?)$/i;
const DEFAULT = /^(?:main|master|trunk|develop|default)$/;
/** `v1.2.3`: names one thing for ever. `v1`, `latest` and `nightly` are moved with every release. */
const FULL_VERSION = /^(?:[\w@/-]{0,60}[-@/_])?v?\d{1,5}\.\d{1,5}\.\d{1,5}(?:[-+.][\w.+-]{1,60})?$/;

export function isReleaseBranch(name: string): boolean {
  return RELEASE.test(name);
}

/** Where no feed tells the default branch, by its usual names. */
export function isDefaultName(name: string): boolean {
  return DEFAULT.test(name);
}

export function isFullVersion(tag: string): boolean {
  return FULL_VERSION.test(tag);
}
