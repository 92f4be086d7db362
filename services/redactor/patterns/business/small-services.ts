// Keys of smaller services whose values have a length and an alphabet, and nothing else of their own.
import type { Pattern } from '../../pattern.ts';
import { alphanumeric, base64url, hex, named, UUID } from '../make/named.ts';
import { draw, UPPER_ALPHANUMERIC } from '../make/token.ts';

export const smallServices: readonly Pattern[] = [
  named({
    id: 'enigma-key',
    provider: 'Enigma',
    title: 'Enigma API key',
    source: 'https://developers.enigma.com/docs',
    value: alphanumeric(40),
  }),
  named({
    id: 'nozbe-token',
    provider: 'Nozbe',
    title: 'Nozbe access token',
    source: 'https://api4.nozbe.com/v1/api/docs/',
    value: {
      source: '[0-9A-Za-z]{16}_[0-9A-Za-z_=-]{60,70}',
      shortest: 77,
      make: (random) => `${draw(random, UPPER_ALPHANUMERIC, 16)}_${draw(random, UPPER_ALPHANUMERIC, 64)}`,
    },
    label: 'optional',
  }),
  named({
    id: 'skrapp-key',
    provider: 'Skrapp',
    title: 'Skrapp API key',
    source: 'https://skrapp.io/api',
    value: alphanumeric(42),
    label: 'optional',
  }),
  named({
    id: 'kantata-token',
    provider: 'Kantata',
    title: 'Kantata (Mavenlink) API token',
    source: 'https://developer.kantata.com/kantata/specification',
    names: ['mavenlink', 'kantata'],
    value: hex(64),
  }),
  named({
    id: 'timezone-api-token',
    provider: 'TimeZoneAPI',
    title: 'TimeZoneAPI token',
    source: 'https://timezoneapi.io/developers',
    names: ['timezone api', 'timezonedb'],
    value: alphanumeric(20),
  }),
  named({
    id: 'databox-token',
    provider: 'Databox',
    title: 'Databox push token',
    source: 'https://developers.databox.com/',
    value: alphanumeric(21, 22),
  }),
  named({
    id: 'ethplorer-key',
    provider: 'Ethplorer',
    title: 'Ethplorer API key',
    source: 'https://github.com/EverexIO/Ethplorer/wiki/Ethplorer-API',
    value: base64url(18, 22),
  }),
  named({
    id: 'collect2-key',
    provider: 'Collect2',
    title: 'Collect2 API key',
    source: 'https://collect2.com/docs',
    value: UUID,
  }),
  named({
    id: 'geocodify-key',
    provider: 'Geocodify',
    title: 'Geocodify API key',
    source: 'https://geocodify.com/docs',
    value: hex(40),
  }),
];
