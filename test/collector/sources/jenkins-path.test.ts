// Paths of Jenkins' web interface: what they are about, however they are written.
import { expect, test } from 'vitest';
import { placeOf } from '../../../services/collector/sources/jenkins/shared/path.ts';
import { requestPiece } from '../../../services/collector/sources/jenkins/shared/request.ts';

test.each([
  ['/job/a/job/b/12/console', { shape: '/job/*/job/*/*/console', job: 'a/b', build: '12', action: 'console' }],
  ['/view/all/job/a%20b/configure', { shape: '/job/*/configure', job: 'a b', action: 'configure' }],
  ['/jenkins/manage/script', { shape: '/script', action: 'script' }],
  ['/computer/(built-in)/script', { shape: '/computer/*/script', computer: '(built-in)', action: 'script' }],
  ['/computer/', { shape: '/computer', action: 'computer' }],
  ['/static/0a1b/scripts/x.js', { shape: '/static/*' }],
  ['/job/a/ws/secret/file.txt', { shape: '/job/*/ws/*', job: 'a' }],
  ['/job/a%zz/', { shape: '/job/*', job: 'a%zz' }],
  ['', { shape: '/', action: '' }],
])('%s', (path, place) => expect(placeOf(path)).toMatchObject(place));

test.each([
  ['/script'],
  ['//script'],
  ['/./script'],
  ['/;/script'],
  ['/script;x=1'],
  ['/%73cript'],
  ['/ci/manage/script/'],
])('%s is the script console', (path) =>
  expect(requestPiece(placeOf(path), { method: 'POST', status: 200 }).detail).toMatchObject({
    operation: 'script console',
  }),
);

test.each([
  ['/job/a/configSubmit', 'definition'],
  ['/job/a/config.xml', 'definition'],
  ['/job/a/doDelete', 'definition'],
  ['/createItem?name=x', 'definition'],
  ['/job/a/7/doDelete', 'run'],
  ['/job/a/7/stop', 'run'],
  ['/job/a/disable', 'setting'],
  ['/configSubmit', 'setting'],
  ['/safeRestart', 'setting'],
  ['/computer/doCreateItem', 'runner'],
  ['/computer/x/doDelete', 'runner'],
  ['/credentials/store/system/domain/_/createCredentials', 'secret'],
  ['/job/f/credentials/store/folder/domain/_/credential/x/doDelete', 'secret'],
  ['/me/descriptorByName/jenkins.security.ApiTokenProperty/generateNewToken', 'grant'],
  ['/user/x/descriptorByName/jenkins.security.ApiTokenProperty/revoke', 'grant'],
  ['/securityRealm/user/x/doDelete', 'access'],
  ['/manage/configureSecurity/configure', 'protection'],
  ['/scriptApproval/approveScript', 'protection'],
  ['/pluginManager/plugin/git/doUninstall', 'integration'],
  ['/pluginManager/uploadPlugin', 'integration'],
  ['/logout', 'session'],
  ['/job/a/build', 'request'],
])('a POST to %s is of kind %s, looking at it and being refused is not', (path, kind) => {
  const place = placeOf(path);
  expect(requestPiece(place, { method: 'POST', status: 302 }).kind).toBe(kind);
  if (kind === 'session') return;
  expect(requestPiece(place, { method: 'GET', status: 200 }).kind).toBe('request');
  expect(requestPiece(place, { method: 'POST', status: 403 }).kind).toBe('request');
});
