// Keys of maps, places and weather.
import type { Pattern } from '../../pattern.ts';
import { alphanumeric, base64url, hex, lower, named } from '../make/named.ts';
import { ALPHANUMERIC, BORDER, bare, draw, isVariedTail, LOWER_ALPHANUMERIC } from '../make/token.ts';

const MAPBOX = 'https://docs.mapbox.com/help/dive-deeper/access-tokens/';

export const mapsWeather: readonly Pattern[] = [
  {
    id: 'mapbox-token',
    provider: 'Mapbox',
    title: 'Mapbox secret, public or temporary token',
    source: MAPBOX,
    keywords: ['sk.eyj', 'pk.eyj', 'tk.eyj'],
    secret: new RegExp(`${BORDER}[spt]k\\.eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+`),
    shortest: 60,
    accepts: isVariedTail,
    prefixed: true,
    example: (random) => bare(`sk.eyJ1Ijoi${draw(random, ALPHANUMERIC, 60)}.${draw(random, ALPHANUMERIC, 22)}`),
  },
  named({
    id: 'mapbox-old-token',
    provider: 'Mapbox',
    title: 'Mapbox token',
    source: MAPBOX,
    value: {
      source: '[spt]k\\.[A-Za-z0-9_-]{60,}\\.[A-Za-z0-9_-]{22}',
      shortest: 80,
      make: (random) => `pk.${draw(random, LOWER_ALPHANUMERIC, 60)}.${draw(random, LOWER_ALPHANUMERIC, 22)}`,
    },
  }),
  named({
    id: 'here-key',
    provider: 'HERE',
    title: 'HERE API key',
    source: 'https://www.here.com/docs/bundle/identity-and-access-management-developer-guide',
    names: ['here api', 'here_', 'here maps', 'heremaps', 'here app'],
    value: base64url(43),
  }),
  named({
    id: 'tomtom-key',
    provider: 'TomTom',
    title: 'TomTom API key',
    source: 'https://developer.tomtom.com/platform/documentation/dashboard/api-key-management',
    names: ['tom tom'],
    value: alphanumeric(32),
  }),
  named({
    id: 'opencage-key',
    provider: 'OpenCage',
    title: 'OpenCage API key',
    source: 'https://opencagedata.com/api',
    names: ['open cage'],
    value: lower(32),
  }),
  named({
    id: 'geoapify-key',
    provider: 'Geoapify',
    title: 'Geoapify API key',
    source: 'https://apidocs.geoapify.com/',
    value: lower(32),
  }),
  named({
    id: 'ipdata-key',
    provider: 'IP data',
    title: 'Key of an address look-up (ipgeolocation, ipdata, ipify, ip2location)',
    source: 'https://docs.ipdata.co/docs/getting-started',
    names: ['ipgeolocation', 'ipdata', 'ipify', 'ipifi', 'ip2location', 'ipapi', 'ip api', 'abstract api'],
    value: alphanumeric(32, 56),
  }),
  named({
    id: 'openweather-key',
    provider: 'OpenWeather',
    title: 'OpenWeather API key',
    source: 'https://openweathermap.org/appid',
    names: ['open weather', 'owm api', 'owm_', 'owm key'],
    value: hex(32),
  }),
  named({
    id: 'weather-key',
    provider: 'Weather services',
    title: 'Key of WeatherAPI, WeatherBit, Tomorrow.io or AccuWeather',
    source: 'https://www.weatherapi.com/docs/',
    names: [
      'weather api',
      'weatherbit',
      'tomorrow io',
      'tomorrowio',
      'accu weather',
      'worldweather',
      'world weather',
      'visual crossing',
      'climacell',
    ],
    value: alphanumeric(25, 40),
  }),
];
