// Passwords on command lines, where only the command says what its option means.
import type { Pattern } from '../../pattern.ts';
import { isPlaceholder } from '../../plausible.ts';
import { option } from '../make/option.ts';
import { ALPHANUMERIC, draw } from '../make/token.ts';

const VALUE = /[^\0 \t\r\n"'`;|&<>-][^\0 \t\r\n"'`;|&<>]*/;

/** A variable is no password. */
function isPassword(secret: string): boolean {
  return !isPlaceholder(secret) && !secret.startsWith('$');
}

type Row = Pick<Pattern, 'id' | 'provider' | 'title' | 'source' | 'keywords' | 'search'> & {
  readonly before: RegExp;
  readonly secret?: RegExp;
  readonly text: (secret: string) => string;
};

function row({ secret = VALUE, text, ...rest }: Row): Pattern {
  return {
    ...rest,
    secret,
    shortest: 4,
    accepts: isPassword,
    example(random) {
      const made = draw(random, ALPHANUMERIC, 16);
      return { secret: made, text: text(made) };
    },
  };
}

export const commandLines: readonly Pattern[] = [
  option({
    id: 'mysql-option-password',
    provider: 'MySQL',
    source: 'https://dev.mysql.com/doc/refman/en/connection-options.html#option_general_password',
    commands: ['mysql', 'mariadb'],
    option: '-p',
    joined: true,
    text: (secret) => `mysqldump -h db.example.com -u root -p${secret} main > dump.sql`,
  }),
  option({
    id: 'sqlserver-option-password',
    provider: 'SQL Server',
    source: 'https://learn.microsoft.com/sql/tools/sqlcmd/sqlcmd-utility',
    commands: ['sqlcmd', 'bcp', 'isql', 'tsql'],
    option: '-P',
    text: (secret) => `/opt/mssql-tools/bin/sqlcmd -S localhost -U sa -P ${secret} -Q "SELECT 1"`,
  }),
  option({
    id: 'redis-option-password',
    provider: 'Redis',
    source: 'https://redis.io/docs/latest/develop/tools/cli/',
    commands: ['redis-cli', 'valkey-cli', 'redis-benchmark'],
    option: '-a',
    text: (secret) => `redis-cli -h cache.example.com -a ${secret} PING`,
  }),
  option({
    id: 'mongodb-option-password',
    provider: 'MongoDB',
    source: 'https://www.mongodb.com/docs/mongodb-shell/reference/options/',
    commands: ['mongo', 'cqlsh', 'couchbase-cli', 'cbq', 'influx', 'arangosh', 'neo4j-admin', 'cypher-shell'],
    option: '-p',
    text: (secret) => `mongodump --host db.example.com -u app -p ${secret} --out /backup`,
  }),
  option({
    id: 'remote-shell-password',
    provider: 'PsExec and sshpass',
    source: 'https://learn.microsoft.com/sysinternals/downloads/psexec',
    commands: ['psexec', 'PsExec', 'PSEXEC', 'sshpass', 'plink', 'winexe', 'smbclient', 'paexec'],
    option: '(?:-p|-pw)',
    text: (secret) => `psexec \\\\10.0.0.4 -u ci\\deploy -p ${secret} cmd`,
  }),
  option({
    id: 'http-client-password',
    provider: 'curl',
    source: 'https://curl.se/docs/manpage.html#-u',
    commands: ['curl', 'wget', 'lftp'],
    option: String.raw`(?:-[a-zA-Z]{0,8}[uU]|--user|--proxy-user)[ \t=]?["']?[^\0 \t\r\n"'\`:/|&;<>=$]{1,80}:`,
    joined: true,
    text: (secret) => `curl -sSf -u deploy:${secret} https://repo.example.com/`,
  }),
  option({
    id: 'ldap-option-password',
    provider: 'LDAP',
    source: 'https://www.openldap.org/software/man.cgi?query=ldapsearch',
    commands: ['ldap'],
    option: '-w',
    text: (secret) => `ldapsearch -x -D cn=admin -w ${secret} -b dc=example`,
  }),
  option({
    id: 'twine-option-password',
    provider: 'twine',
    source: 'https://twine.readthedocs.io/en/stable/#using-twine',
    commands: ['twine'],
    option: '-p',
    text: (secret) => `twine upload -u ci -p ${secret} dist/*`,
  }),
  option({
    id: 'signtool-option-password',
    provider: 'SignTool',
    source: 'https://learn.microsoft.com/dotnet/framework/tools/signtool-exe',
    commands: ['signtool', 'SignTool', 'osslsigncode'],
    option: '(?:/p|-p|-pass)',
    text: (secret) => `signtool sign /f cert.pfx /p ${secret} app.exe`,
  }),
  option({
    id: 'openssl-option-password',
    provider: 'OpenSSL',
    source: 'https://docs.openssl.org/master/man1/openssl-enc/',
    commands: ['openssl'],
    option: '-[kK]',
    text: (secret) => `openssl enc -d -aes-256-cbc -k ${secret} -in a.enc`,
  }),
  row({
    id: 'keystore-password',
    provider: 'Java',
    title: 'Password of a key store on a command line of keytool, jarsigner or apksigner',
    source: 'https://docs.oracle.com/en/java/javase/21/docs/specs/man/keytool.html',
    keywords: ['storepass', 'keypass', '-ks-pass', '-key-pass'],
    before: /(?:storepass|keypass|-ks-pass|-key-pass)[ \t]+(?:pass:)?["']?/,
    text: (secret) => `keytool -list -keystore app.jks -storepass ${secret} -v`,
  }),
  row({
    id: 'openssl-password-argument',
    provider: 'OpenSSL',
    title: 'Passphrase argument of openssl',
    source: 'https://docs.openssl.org/master/man1/openssl-passphrase-options/',
    keywords: ['-pass'],
    before: /-pass(?:in|out)?[ \t]+["']?pass:/,
    text: (secret) => `openssl pkcs12 -in app.p12 -passin pass:${secret} -nodes`,
  }),
  row({
    id: 'powershell-secure-string',
    provider: 'PowerShell',
    title: 'Text that PowerShell makes a secure string of',
    source: 'https://learn.microsoft.com/powershell/module/microsoft.powershell.security/convertto-securestring',
    keywords: ['convertto-securestring'],
    before: /ConvertTo-SecureString(?:[ \t]+-String)?[ \t]+["']?/i,
    text: (secret) => `$p = ConvertTo-SecureString '${secret}' -AsPlainText -Force`,
  }),
  row({
    id: 'network-share-password',
    provider: 'Windows',
    title: 'Password of a network share on a command line of net',
    source:
      'https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2012-r2-and-2012/gg651155(v=ws.11)',
    keywords: ['net use '],
    before: /net use (?:[A-Za-z*]:? )?\\\\[^\0 \t\r\n]{1,200} (?:\/user:[^\0 \t\r\n]{1,80} )?["']?/i,
    secret: /[^\0 \t\r\n"'`;|&<>/-][^\0 \t\r\n"'`;|&<>]*/,
    text: (secret) => `net use Z: \\\\files\\share ${secret} /user:ci`,
  }),
  row({
    id: 'piped-password',
    provider: 'any',
    title: 'Password that is piped to a login',
    source: 'https://docs.docker.com/reference/cli/docker/login/#password-stdin',
    keywords: ['--password-stdin'],
    search: 'line',
    before: /(?:echo|printf)[ \t]+(?:-[a-z][ \t]+)?(?:["']?%s["']?[ \t]+)?["']?/,
    secret: /[^\0 \t\r\n"'`;|&<>-][^\0 \t\r\n"'`;|&<>]*(?=["']?[ \t]*\|[^|;&\r\n]{0,200}--password-stdin)/,
    text: (secret) => `echo ${secret} | docker login --username ci --password-stdin`,
  }),
];
