// What the records of address databases say, in the forms of their makers:
//   MaxMind   autonomous_system_number; country.iso_code     https://dev.maxmind.com/geoip/docs/databases/
//   DB-IP     the same                                       https://db-ip.com/db/format/ip-to-country-lite/mmdb.html
//   IPinfo    asn "AS64500"; country_code, or country "DE"   https://ipinfo.io/developers/database-types
import { isObject } from '../../core/json.ts';

const ASN = /^AS(\d{1,10})$/i;
const COUNTRY = /^[A-Z]{2}$/;
const LARGEST_ASN = 2 ** 32 - 1;

/** Number of the autonomous system; undefined where the record tells none. */
export function asnIn(record: unknown): number | undefined {
  if (!isObject(record)) return undefined;
  const { autonomous_system_number: number, asn } = record;
  const [, digits] = typeof asn === 'string' ? (ASN.exec(asn) ?? []) : [];
  const found = digits === undefined ? (number ?? asn) : Number(digits);
  return typeof found === 'number' && Number.isInteger(found) && found > 0 && found <= LARGEST_ASN ? found : undefined;
}

/** ISO 3166-1 alpha-2 code of the country where the address is used; undefined where the record tells none. */
export function countryIn(record: unknown): string | undefined {
  if (!isObject(record)) return undefined;
  const { country, country_code } = record;
  const codes = [country_code, isObject(country) ? country.iso_code : country];
  return codes.filter((code) => typeof code === 'string').find((code) => COUNTRY.test(code));
}
