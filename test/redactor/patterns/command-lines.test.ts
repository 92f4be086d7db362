// A password that somebody typed behind a command is found where the command says that it is one, and nowhere else.
import { expect, it } from 'vitest';
import { assignments } from '../../../services/redactor/patterns/forms/assignments.ts';
import { commandLines } from '../../../services/redactor/patterns/forms/command-lines.ts';
import { createFinder } from './finding.ts';

const find = createFinder([...commandLines, ...assignments]);
const password = ['s3cr', 'et,W1'].join('');

it.each([
  [`mysql -h db -u root -p'${password}' main < dump.sql`, 'mysql-option-password'],
  [`redis-cli -h cache -a ${password} ping`, 'redis-option-password'],
  [`sqlcmd -S localhost -U sa -P "${password}" -i setup.sql`, 'sqlserver-option-password'],
  [`sshpass -p ${password} ssh ci@host uptime`, 'remote-shell-password'],
  [`+ curl -sSf -H "Accept: application/json" -u ci:${password} https://repo.example.com/a`, 'http-client-password'],
  [`curl --user 'ci:${password}' https://repo.example.com/`, 'http-client-password'],
  [`ldapsearch -x -D cn=admin -w ${password} -b dc=example`, 'ldap-option-password'],
  [`keytool -import -alias a -storepass ${password} -noprompt`, 'keystore-password'],
  [`apksigner sign --ks a.jks --ks-pass pass:${password} app.apk`, 'keystore-password'],
  [`openssl pkcs12 -in a.p12 -passin pass:${password} -nodes`, 'openssl-password-argument'],
  [`twine upload -u __token__ -p ${password} dist/*`, 'twine-option-password'],
  [`$p = ConvertTo-SecureString -String "${password}" -AsPlainText -Force`, 'powershell-secure-string'],
  [`Connect-Service -Credential ci -Password ${password} -Verbose`, 'password-option'],
  [`net use Z: \\\\files\\share ${password} /user:ci`, 'network-share-password'],
  [`echo "${password}" | docker login -u ci --password-stdin registry.example.com`, 'piped-password'],
])('%s', (text, kind) => {
  expect(find(text)).toContainEqual({ kind, secret: password });
});

it.each([
  'mysql -u root -p main',
  'mysql --version',
  'redis-cli -h cache -a $REDIS_PASSWORD ping',
  'curl -u "$USER:$PASSWORD" https://repo.example.com/',
  'docker run --user 1000:1000 -v a:/b image',
  'curl -o a.tgz https://example.com:8080/a.tgz',
  'echo "$TOKEN" | docker login -u ci --password-stdin',
  'echo done | tee log; docker login --password-stdin',
  'keytool -storepass "$STORE_PASS" -list',
  'openssl enc -d -aes-256-cbc -pass env:KEY',
])('leaves %s as it is', (text) => {
  expect(find(text)).toEqual([]);
});
