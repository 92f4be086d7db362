// Of an address that carries its own authorization only the secret part goes: where it leads stays readable.
import { describe, expect, it } from 'vitest';
import { addresses } from '../../../services/redactor/patterns/forms/addresses.ts';
import { ALPHANUMERIC, BASE32, draw, HEX } from '../../../services/redactor/patterns/make/token.ts';
import { randomFrom } from '../../helpers/random.ts';
import { createFinder } from './finding.ts';

const find = createFinder(addresses);
const random = randomFrom(11);

function secretsOf(text: string): readonly string[] {
  return find(text).map(({ secret }) => secret);
}

describe('parameters of an address', () => {
  it('takes signature and session token of a pre-signed S3 address', () => {
    const id = `ASIA${draw(random, BASE32, 16)}`;
    const token = draw(random, ALPHANUMERIC, 200);
    const signature = draw(random, HEX, 64);
    const scope = '20260301%2Feu-west-1%2Fs3%2Faws4_request';
    const parameters = `X-Amz-Credential=${id}%2F${scope}&X-Amz-Security-Token=${token}&X-Amz-Signature=${signature}`;
    expect(secretsOf(`GET https://b.s3.amazonaws.com/a.zip?X-Amz-Expires=300&${parameters} 200`)).toEqual([
      token,
      signature,
    ]);
  });

  it('takes the signature of an Azure address, and neither its permissions nor its dates', () => {
    const signature = `${draw(random, ALPHANUMERIC, 43)}%3D`;
    const address = `https://a.blob.core.windows.net/c/x?sv=2024-05-04&se=2026-03-01T10%3A00%3A00Z&sp=r&sig=${signature}`;
    expect(secretsOf(`Downloading ${address}`)).toEqual([signature]);
  });

  it('takes what a download site appends', () => {
    const authorization = `1700000000_${draw(random, HEX, 32)}`;
    expect(secretsOf(`--  https://download.example.com/jdk.tar.gz?AuthParam=${authorization}`)).toEqual([
      authorization,
    ]);
  });

  it('sees through an address in markup', () => {
    const token = `${draw(random, ALPHANUMERIC, 31)}7`;
    expect(secretsOf(`<a href="/x?a=1&amp;token=${token}">x</a>`)).toEqual([token]);
  });

  it.each([
    'https://example.com/search?key=name&sort=asc',
    'https://example.com/list?page_token=CAUQAA&code=200',
    'https://example.com/a?token=$TOKEN&sig=${SIGNATURE}',
    'https://example.com/a?access_token=<token>',
    'https://example.com/a?signature=true&auth=basic',
    'https://example.com/a?key=src/main/App.tsx',
  ])('leaves %s as it is', (text) => {
    expect(find(text)).toEqual([]);
  });
});
