// Keys of networks and devices: tunnels, routers, switches, registers of addresses.
import type { Pattern } from '../../pattern.ts';
import { isPlaceholder, isVaried } from '../../plausible.ts';
import { alphanumeric, base64url, hex, lower, named, UUID, type Value } from '../make/named.ts';
import { ALPHANUMERIC, BASE64, BASE64URL, DIGITS, draw, token } from '../make/token.ts';

/** Base64 of 32 bytes. */
const KEY: Value = { source: '[A-Za-z0-9+/]{43}=', shortest: 44, make: (random) => `${draw(random, BASE64, 42)}k=` };

export const networks: readonly Pattern[] = [
  named({
    id: 'cisco-meraki-key',
    provider: 'Cisco Meraki',
    title: 'Cisco Meraki API key',
    source: 'https://developer.cisco.com/meraki/api-v1/authorization/',
    names: ['meraki'],
    value: hex(40),
  }),
  named({
    id: 'ngrok-token',
    provider: 'ngrok',
    title: 'ngrok authtoken or API key',
    source: 'https://ngrok.com/docs/agent/#authtokens',
    names: ['ngrok', 'authtoken'],
    value: {
      source: '[1-9][A-Za-z0-9]{18,30}_[A-Za-z0-9]{16,30}',
      shortest: 36,
      make: (random) => `2${draw(random, ALPHANUMERIC, 26)}_${draw(random, ALPHANUMERIC, 21)}`,
    },
    label: 'optional',
  }),
  token({
    id: 'ngrok-api-key',
    provider: 'ngrok',
    title: 'credential',
    source: 'https://ngrok.com/docs/api/#authentication',
    prefix: ['ak_2', 'cr_2', 'ak_3', 'cr_3'],
    length: 24,
  }),
  named({
    id: 'zerotier-token',
    provider: 'ZeroTier',
    title: 'ZeroTier API token',
    source: 'https://docs.zerotier.com/api/tokens/',
    names: ['zero tier', 'zt_token', 'zt_api'],
    value: alphanumeric(32),
  }),
  named({
    id: 'zerotier-secret',
    provider: 'ZeroTier',
    title: 'ZeroTier local service token',
    source: 'https://docs.zerotier.com/api/tokens/',
    names: ['zero tier', 'authtoken.secret'],
    value: lower(24),
  }),
  named({
    id: 'twingate-key',
    provider: 'Twingate',
    title: 'Twingate API key or refresh token',
    source: 'https://www.twingate.com/docs/api-overview',
    value: base64url(80, 128),
  }),
  token({
    id: 'defined-networking-token',
    provider: 'Defined Networking',
    title: 'API token',
    source: 'https://docs.defined.net/guides/automating-host-creation/',
    prefix: 'dnkey-',
    alphabet: `${BASE64URL}=`,
    length: 40,
  }),
  token({
    id: 'netbird-token',
    provider: 'NetBird',
    title: 'access token',
    source: 'https://docs.netbird.io/how-to/access-netbird-public-api',
    prefix: 'nbp_',
    length: 36,
    exact: true,
  }),
  named({
    id: 'netbird-setup-key',
    provider: 'NetBird',
    title: 'NetBird setup key',
    source: 'https://docs.netbird.io/how-to/register-machines-using-setup-keys',
    names: ['netbird', 'nb_setup', 'setup-key'],
    value: UUID,
  }),
  {
    id: 'wireguard-key',
    provider: 'WireGuard',
    title: 'WireGuard private or preshared key',
    source: 'https://www.wireguard.com/quickstart/',
    keywords: [
      'privatekey',
      'presharedkey',
      'private_key',
      'preshared_key',
      'private-key',
      'preshared-key',
      'private key',
      'preshared key',
    ],
    before: /(?:private|preshared)[ _-]?key["'\\]{0,2}[ \t]{0,3}[:=]?[ \t]{0,3}["'\\]{0,2}/i,
    secret: /[A-Za-z0-9+/]+=/,
    shortest: 44,
    accepts: (secret) => secret.length === 44 && isVaried(secret, 12),
    example(random) {
      const secret = KEY.make(random);
      return { secret, text: `PrivateKey = ${secret}` };
    },
  },
  {
    id: 'cisco-password',
    provider: 'Cisco',
    title: 'Password in a configuration of Cisco IOS',
    source:
      'https://www.cisco.com/c/en/us/support/docs/ios-nx-os-software/ios-xe-16/218283-understand-password-types-on-ios-xe.html',
    keywords: ['password ', 'secret ', 'key-string ', 'key '],
    // A digit says how it is written: 0 as it is, 5, 8 and 9 hashed, 6 and 7 recoverable.
    before: /(?:password|secret|key-string|key)[ \t]+[056789][ \t]+["']?/,
    secret: /[^\0 \t\r\n"'\\]+/,
    shortest: 4,
    accepts: isCiscoPassword,
    example(random) {
      const secret = `0822${draw(random, DIGITS, 16)}`;
      return { secret, text: `username admin privilege 15 password 7 ${secret}` };
    },
  },
  {
    id: 'snmp-community',
    provider: 'any',
    title: 'SNMP community string',
    source: 'https://www.rfc-editor.org/rfc/rfc3584#section-5',
    keywords: ['snmp-server community', 'snmpwalk', 'snmpget', 'snmpbulkwalk', 'snmpset'],
    before:
      /snmp(?:-server community[ \t]+|[a-z]{3,8}(?:[ \t]+-[A-Za-z0-9]+(?:[ \t]+[A-Za-z0-9:.-]+)?){0,6}?[ \t]+-c[ \t]+)["']?/,
    secret: /[^\0 \t\r\n"']+/,
    shortest: 3,
    accepts: (secret) => !isPlaceholder(secret) && !/^(?:public|private)$/i.test(secret),
    example(random) {
      const secret = draw(random, ALPHANUMERIC, 10);
      return { secret, text: `snmpwalk -v 2c -c ${secret} 10.0.0.1 system` };
    },
  },
  {
    id: 'junos-password',
    provider: 'Juniper',
    title: 'Recoverable password in a configuration of Junos',
    source:
      'https://www.juniper.net/documentation/us/en/software/junos/junos-getting-started/topics/topic-map/master-password-configuration.html',
    keywords: ['$9$', '$8$aes'],
    secret: /(?<=["' \t=:])\$(?:9\$|8\$aes)[^\0 \t\r\n"';]+/,
    shortest: 10,
    accepts: (secret) => isVaried(secret, 6) && !secret.startsWith('$9$', 1),
    prefixed: true,
    example(random) {
      const secret = `$9$${draw(random, ALPHANUMERIC, 20)}`;
      return { secret, text: `secret "${secret}"; ## SECRET-DATA` };
    },
  },
  {
    id: 'fortinet-password',
    provider: 'Fortinet',
    title: 'Encrypted password in a configuration of FortiOS',
    source: 'https://docs.fortinet.com/document/fortigate/latest/administration-guide/',
    keywords: ['set p', 'set k', 'set s'],
    before: /set (?:passwd|password|psksecret|key|secret|passphrase|ppk-secret|secondary-secret)[ \t]+ENC[ \t]+["']?/,
    secret: /[A-Za-z0-9+/=]+/,
    shortest: 12,
    accepts: (secret) => isVaried(secret, 8),
    example(random) {
      const secret = `${draw(random, BASE64, 42)}==`;
      return { secret, text: `set passwd ENC ${secret}` };
    },
  },
  named({
    id: 'palo-alto-key',
    provider: 'Palo Alto Networks',
    title: 'PAN-OS API key',
    source:
      'https://docs.paloaltonetworks.com/pan-os/11-1/pan-os-panorama-api/get-started-with-the-pan-os-xml-api/get-your-api-key',
    names: ['palo alto', 'panos', 'pan-os', 'panorama'],
    value: {
      source: 'LUFRPT[A-Za-z0-9+/]{60,200}={0,2}',
      shortest: 66,
      make: (random) => `LUFRPT${draw(random, BASE64, 80)}==`,
    },
  }),
  named({
    id: 'f5-token',
    provider: 'F5',
    title: 'F5 BIG-IP authentication token',
    source: 'https://clouddocs.f5.com/api/icontrol-rest/',
    names: ['x-f5-auth', 'big ip'],
    value: {
      source: '[A-Z2-7]{26}',
      shortest: 26,
      make: (random) => `${draw(random, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 25)}7`,
    },
  }),
  named({
    id: 'shodan-key',
    provider: 'Shodan',
    title: 'Shodan API key',
    source: 'https://developer.shodan.io/api/introduction',
    value: alphanumeric(32),
  }),
  named({
    id: 'virustotal-key',
    provider: 'VirusTotal',
    title: 'VirusTotal API key',
    source: 'https://docs.virustotal.com/reference/authentication',
    names: ['virus total', 'vt_api', 'vt-api', 'x-apikey'],
    value: hex(64),
  }),
  named({
    id: 'abuseipdb-key',
    provider: 'AbuseIPDB',
    title: 'AbuseIPDB API key',
    source: 'https://docs.abuseipdb.com/#introduction',
    names: ['abuseipdb', 'abuse ip'],
    value: hex(80),
  }),
  named({
    id: 'ipinfo-token',
    provider: 'IPinfo',
    title: 'IPinfo access token',
    source: 'https://ipinfo.io/developers',
    value: hex(14),
  }),
];

/** What follows is hashed, in hexadecimal, or at least no word: prose says "key 5 times". */
function isCiscoPassword(secret: string, before: string): boolean {
  if (/\$[15689]\$/.test(secret)) return true;
  const isConfiguration = /(?:enable|username|line|server|neighbor|privilege|tacacs|radius|key-string|ppp|snmp)/.test(
    before,
  );
  return isConfiguration && isVaried(secret, 5) && !isPlaceholder(secret) && /\d/.test(secret);
}
