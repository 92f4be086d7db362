// A key without a form of its own is known by the vendor's name before it, however the two are written down.
import { describe, expect, it } from 'vitest';
import { alphanumeric, base64url, hex, named, UUID } from '../../../services/redactor/patterns/make/named.ts';
import { ALPHANUMERIC, draw, HEX } from '../../../services/redactor/patterns/make/token.ts';
import { randomFrom } from '../../helpers/random.ts';
import { createFinder } from './finding.ts';

const SOURCE = 'https://docs.example.com/keys';
const row = { provider: 'Acme Search', title: 'Acme Search key', source: SOURCE };

const find = createFinder([named({ ...row, id: 'acme-key', value: hex(40) })]);
const secret = draw(randomFrom(3), HEX, 40);

describe('a key behind its vendor’s name', () => {
  it.each([
    `ACME_SEARCH_API_KEY=${secret}`,
    `acme-search-token: ${secret}`,
    `acmeSearchToken := \`${secret}\``,
    `const myAcmeSearchKey = "${secret}";`,
    `var acme_searchToken string = "${secret}"`,
    `  "acme_search_prod_admin_key" => "${secret}",`,
    `"acme-search": {"indexName": "main", "apiKey": "${secret}"}`,
    `\\"acme_search_key\\":\\"${secret}\\"`,
    `deploy --verbose --acme-search-key ${secret} --force`,
    `acme search SECRET ${secret}`,
    `System.setProperty("ACME_SEARCH_TOKEN", "${secret}")`,
    `<acmeSearchKey>${secret}</acmeSearchKey>`,
    `<acmeSearchToken>\n    ${secret}\n</acmeSearchToken>`,
    `ENV A=1\\nACME_SEARCH_TOKEN=${secret}\\nB=2`,
    `acmesearch = '${secret}'`,
  ])('%s', (text) => {
    expect(find(text)).toEqual([{ kind: 'acme-key', secret }]);
  });
});

describe('the same characters without that meaning', () => {
  it.each([
    `commit ${secret}`,
    `API_KEY=${secret}`,
    `acme-search ${secret}`,
    `AcmeSearch: ${secret}`,
    `uses: acme/acme-search@${secret}`,
    `acme-search-token-cache-hash: ${secret}`,
    `acme_search_key_id: ${secret}`,
    `acme_search_api_url=https://example.com/${secret}`,
    `lacmesearch_key=${secret}`,
    `acme_search_key=${secret}0`,
    `acme_search_key=${secret.slice(1)}`,
    `acme_search_key=${'ab'.repeat(20)}`,
    `acme_search_key ${secret}.js`,
  ])('%s', (text) => {
    expect(find(text)).toEqual([]);
  });
});

describe('values of other forms', () => {
  it('takes one with hyphens from where it begins, not from the label before', () => {
    const findLong = createFinder([named({ ...row, id: 'acme-token', value: base64url(44) })]);
    const token = draw(randomFrom(4), ALPHANUMERIC, 44);
    expect(findLong(`acme-search-SECRET-${token}`)).toEqual([{ kind: 'acme-token', secret: token }]);
  });

  it('takes a random word right behind the name, but no UUID', () => {
    const findWord = createFinder([
      named({ ...row, id: 'acme-word', value: alphanumeric(32) }),
      named({ ...row, id: 'acme-uuid', value: UUID }),
    ]);
    const word = `${draw(randomFrom(5), ALPHANUMERIC, 30)}A7`;
    expect(findWord(`acme search ${word}`)).toEqual([{ kind: 'acme-word', secret: word }]);
    expect(findWord(`acme search ${UUID.make(randomFrom(6))}`)).toEqual([]);
  });

  it('leaves an id readable, unless the kind is one', () => {
    const id = draw(randomFrom(7), ALPHANUMERIC, 24);
    const value = alphanumeric(24);
    expect(createFinder([named({ ...row, id: 'acme-id', value })])(`acme_search_id="${id}"`)).toEqual([]);
    expect(createFinder([named({ ...row, id: 'acme-id', value, label: 'id' })])(`acme_search_id="${id}"`)).toEqual([
      { kind: 'acme-id', secret: id },
    ]);
  });
});
