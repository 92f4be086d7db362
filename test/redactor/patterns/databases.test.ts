// The password of a database is found in addresses and in connection strings, whatever it is made of.
import { describe, expect, it } from 'vitest';
import { databases } from '../../../services/redactor/patterns/data/databases.ts';
import { createFinder } from './finding.ts';

const find = createFinder(databases);
const password = ['s3cr', 'et,W1'].join('');

describe('passwords of databases and brokers', () => {
  it.each([
    [`DATABASE_URL=postgres://app:${password}@db:5432/main?sslmode=require`, 'postgres-password'],
    [`jdbc:postgresql://app:${password}@db:5432/main`, 'postgres-password'],
    [`postgresql+psycopg2://app:${password}@db/main`, 'postgres-password'],
    [`mysql+pymysql://root:${password}@127.0.0.1:3306/ci`, 'mysql-password'],
    [`mongodb+srv://app:${password}@cluster0.example.net/?w=majority`, 'mongodb-password'],
    [`connecting to rediss://:${password}@cache:6380/0`, 'redis-password'],
    [`amqp://guest:${password}@mq1:5672,mq2:5672/%2f`, 'amqp-password'],
  ])('%s', (text, kind) => {
    expect(find(text)).toContainEqual({ kind, secret: password });
  });

  it('takes a password of a connection string to the semicolon, spaces and all', () => {
    const odd = `${password} & more`;
    const text = `Server=tcp:db,1433;Initial Catalog=main;User ID=ci;Password=${odd};Encrypt=True;`;
    expect(find(text)).toContainEqual({ kind: 'connection-string-password', secret: odd });
  });

  it('takes a password of an ODBC string with its braces', () => {
    const braced = `{${password};x}`;
    const text = `DRIVER={ODBC Driver 18};SERVER=db;UID=sa;PWD=${braced};`;
    expect(find(text)).toContainEqual({ kind: 'connection-string-password', secret: braced });
  });

  it.each([
    'postgres://app@db:5432/main',
    'postgres://app:${DB_PASSWORD}@db:5432/main',
    'Server=db;Database=main;User ID=ci;Password=<password>;',
    'Error: password=required; server said no',
  ])('leaves %s as it is', (text) => {
    expect(find(text)).toEqual([]);
  });
});
