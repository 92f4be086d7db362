// Passwords of databases and brokers: in addresses, in connection strings and on command lines.
import type { Pattern } from '../../pattern.ts';
import { isPlaceholder } from '../../plausible.ts';
import { ALPHANUMERIC, draw } from '../make/token.ts';

/** What an address of the form `scheme://user:password@host/` gives away. Up to the last `@` of what names the host. */
function address(id: string, provider: string, source: string, ...schemes: readonly string[]): Pattern {
  return {
    id,
    provider,
    title: `Password in an address of ${provider}`,
    source,
    keywords: schemes.map((scheme) => `${scheme}://`),
    before: /[A-Za-z][A-Za-z0-9+.-]{2,30}:\/\/[^\0 \t\r\n:@/"'`<>]{0,100}:/,
    secret: /[^\0 \t\r\n/"'`<>]+(?=@)/,
    shortest: 1,
    accepts: (secret) => !isPlaceholder(secret),
    prefixed: true,
    example(random) {
      const secret = draw(random, ALPHANUMERIC, 16);
      return { secret, text: `DATABASE_URL=${schemes[0] ?? ''}://app:${secret}@db.example.com/main` };
    },
  };
}

const PLACE =
  /(?:server|data source|address|addr|host|database|initial catalog|uid|user id|username|user|driver|dsn)[ \t]?=[^=]*;/i;

export const databases: readonly Pattern[] = [
  address(
    'postgres-password',
    'PostgreSQL',
    'https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS',
    'postgres',
    'postgresql',
    'postgis',
    'cockroachdb',
    'timescaledb',
    'psycopg2',
    'asyncpg',
    'psycopg',
    'pg8000',
  ),
  address(
    'mysql-password',
    'MySQL',
    'https://dev.mysql.com/doc/refman/en/connecting-using-uri-or-key-value-pairs.html',
    'mysql',
    'mysql2',
    'mysqlx',
    'mariadb',
    'pymysql',
    'mysqldb',
    'aiomysql',
    'mysqlconnector',
  ),
  address(
    'mongodb-password',
    'MongoDB',
    'https://www.mongodb.com/docs/manual/reference/connection-string/',
    'mongodb',
    'mongodb+srv',
  ),
  address(
    'redis-password',
    'Redis',
    'https://redis.io/docs/latest/develop/tools/cli/',
    'redis',
    'rediss',
    'redis+tls',
    'valkey',
    'valkeys',
    'sentinel',
  ),
  address(
    'amqp-password',
    'RabbitMQ',
    'https://www.rabbitmq.com/docs/uri-spec',
    'amqp',
    'amqps',
    'pyamqp',
    'stomp',
    'mqtt',
    'mqtts',
  ),
  address(
    'sqlserver-password',
    'SQL Server',
    'https://learn.microsoft.com/sql/connect/jdbc/building-the-connection-url',
    'mssql',
    'sqlserver',
    'pyodbc',
    'pymssql',
  ),
  address(
    'clickhouse-password',
    'ClickHouse',
    'https://clickhouse.com/docs/interfaces/cli#connection_string',
    'clickhouse',
    'clickhouses',
    'clickhouse+native',
  ),
  address(
    'snowflake-password',
    'Snowflake',
    'https://docs.snowflake.com/en/developer-guide/python-connector/sqlalchemy',
    'snowflake',
  ),
  address(
    'neo4j-password',
    'Neo4j',
    'https://neo4j.com/docs/driver-manual/current/client-applications/',
    'neo4j',
    'neo4j+s',
    'bolt',
    'bolt+s',
  ),
  address(
    'couchbase-password',
    'Couchbase',
    'https://docs.couchbase.com/java-sdk/current/howtos/managing-connections.html',
    'couchbase',
    'couchbases',
    'couchdb',
  ),
  address(
    'cassandra-password',
    'Apache Cassandra',
    'https://cassandra.apache.org/doc/latest/cassandra/tools/cqlsh.html',
    'cassandra',
    'scylla',
  ),
  address('nats-password', 'NATS', 'https://docs.nats.io/using-nats/developer/connecting/userpass', 'nats', 'nats+tls'),
  address('ldap-password', 'LDAP', 'https://www.rfc-editor.org/rfc/rfc4516', 'ldap', 'ldaps'),
  {
    id: 'connection-string-password',
    provider: 'any',
    title: 'Password in a connection string (ODBC, ADO.NET, JDBC)',
    source: 'https://learn.microsoft.com/dotnet/framework/data/adonet/connection-string-syntax',
    keywords: ['password', 'pwd'],
    before: /(?<=[;"'][ \t]?)(?:password|pwd)[ \t]?=[ \t]?/i,
    // In braces or to the next semicolon: it may hold spaces, commas and quotes of the other kind.
    secret: /\{[^\0\r\n{}]+\}|(?<==[ \t]?)[^\0\r\n;"'{}]+/,
    shortest: 1,
    accepts: (secret, before) => PLACE.test(before) && !isFiller(secret.trim()),
    example(random) {
      const secret = `${draw(random, ALPHANUMERIC, 7)}, ${draw(random, ALPHANUMERIC, 7)}&`;
      return {
        secret,
        text: `Server=tcp:db.example.com,1433;Database=main;User ID=app;Password=${secret};Encrypt=True;`,
      };
    },
  },
  {
    id: 'kafka-jaas-password',
    provider: 'Apache Kafka',
    title: 'Password of a JAAS configuration',
    source: 'https://kafka.apache.org/documentation/#security_sasl',
    keywords: ['password', 'clientsecret'],
    before: /(?:password|clientsecret)[ \t]?=[ \t]?\\{0,3}["']/i,
    secret: /[^\0\r\n"'\\]+/,
    shortest: 1,
    accepts: (secret, before) => /LoginModule/.test(before) && !isPlaceholder(secret),
    example(random) {
      const secret = draw(random, ALPHANUMERIC, 20);
      return { secret, text: `sasl.jaas.config=a.b.PlainLoginModule required username="app" password="${secret}";` };
    },
  },
];

/** Braces are for what needs them; around a plain name they are those of a template. */
function isFiller(secret: string): boolean {
  const braced = /^\{(.*)\}$/.exec(secret)?.[1];
  return braced === undefined ? isPlaceholder(secret) : /^\w*$/.test(braced) || isPlaceholder(braced);
}
