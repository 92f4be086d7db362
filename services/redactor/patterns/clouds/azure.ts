// Credentials of Microsoft's cloud.
import type { Pattern, Random } from '../../pattern.ts';
import { isPlaceholder, isVaried } from '../../plausible.ts';
import { lower, named, type Value } from '../make/named.ts';
import { ALPHANUMERIC, BASE64, BORDER, bare, draw, isVariedTail } from '../make/token.ts';

const STORAGE = 'https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string';
const SERVICE_BUS = 'https://learn.microsoft.com/azure/service-bus-messaging/service-bus-sas';
const IDENTIFIABLE =
  'https://github.com/microsoft/security-utilities/blob/main/GeneratedRegexPatterns/HighConfidenceSecurityModels.json';

/** Base64 of 64 bytes. */
const ACCOUNT_KEY: Value = {
  source: '[A-Za-z0-9+/]{86}==',
  shortest: 88,
  make: (random) => `${draw(random, BASE64, 85)}Q==`,
};

/** The value of a field in a connection string, base64 of 32 bytes or more. */
function field(row: {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly keyword: string;
  readonly before: RegExp;
  readonly text: (secret: string) => string;
}): Pattern {
  const { id, title, source, keyword, before, text } = row;
  return {
    id,
    provider: 'Azure',
    title,
    source,
    keywords: [keyword],
    before,
    secret: /[A-Za-z0-9+/%_-]+={0,2}/,
    shortest: 30,
    accepts: (secret) => !isPlaceholder(secret) && isVaried(secret, 10),
    example(random) {
      const secret = `${draw(random, BASE64, 42)}Q=`;
      return { secret, text: text(secret) };
    },
  };
}

/** A key with a mark of who issued it, so many random characters before and behind. */
function identifiable(id: string, title: string, mark: string, ahead: number, behind = 6): Pattern {
  const length = ahead + mark.length + behind;
  return {
    id,
    provider: 'Azure',
    title,
    source: IDENTIFIABLE,
    keywords: [mark.toLowerCase()],
    search: 'line',
    secret: /(?:(?<![A-Za-z0-9+/_-])|(?<=\\[nrt]))[A-Za-z0-9+/_-]+={0,2}/,
    shortest: length,
    accepts: (secret) =>
      secret.startsWith(mark, ahead) && secret.replace(/=+$/, '').length === length && isVaried(secret, 12),
    prefixed: true,
    example: (random: Random) =>
      bare(`${draw(random, ALPHANUMERIC, ahead)}${mark}${draw(random, ALPHANUMERIC, behind)}==`),
  };
}

export const azure: readonly Pattern[] = [
  identifiable('azure-storage-key', 'Azure Storage account key', '+ASt', 76),
  identifiable('azure-cosmos-key', 'Azure Cosmos DB account key', 'ACDb', 76),
  identifiable('azure-batch-key', 'Azure Batch account key', '+ABa', 76),
  identifiable('azure-service-bus-key', 'Azure Service Bus key', '+ASb', 33),
  identifiable('azure-event-hub-key', 'Azure Event Hubs key', '+AEh', 33),
  identifiable('azure-registry-password', 'Azure Container Registry password', '+ACR', 42),
  identifiable('azure-search-key', 'Azure AI Search key', 'AzSe', 42),
  identifiable('azure-function-key', 'Azure Functions key', 'AzFu', 44),
  identifiable('azure-redis-key', 'Azure Cache for Redis key', 'AzCa', 33),
  identifiable('azure-iot-key', 'Azure IoT Hub key', 'AIoT', 33),
  identifiable('azure-key', 'Azure key of the common annotated form', 'JQQJ99', 52, 26),
  {
    id: 'azure-client-secret',
    provider: 'Azure',
    title: 'Microsoft Entra client secret',
    source: 'https://learn.microsoft.com/entra/identity-platform/how-to-add-credentials',
    keywords: ['7q~', '8q~', '9q~'],
    search: 'line',
    secret: /(?:(?<![A-Za-z0-9_~.-])|(?<=\\[nrt]|%[0-9A-F]{2}))[A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]+/,
    shortest: 37,
    accepts: (secret) => secret.length <= 40 && isVariedTail(secret),
    prefixed: true,
    example: (random) => bare(`${draw(random, ALPHANUMERIC, 3)}8Q~${draw(random, ALPHANUMERIC, 34)}`),
  },
  field({
    id: 'azure-account-key',
    title: 'Account key in a connection string of Azure Storage or Cosmos DB',
    source: STORAGE,
    keyword: 'accountkey',
    before: /accountkey["'\\]{0,2}[ \t]?[:=][ \t]?["'\\]{0,2}/i,
    text: (secret) =>
      `DefaultEndpointsProtocol=https;AccountName=ci;AccountKey=${secret};EndpointSuffix=core.windows.net`,
  }),
  field({
    id: 'azure-shared-access-key',
    title: 'Shared access key in a connection string of Service Bus, Event Hubs or IoT Hub',
    source: SERVICE_BUS,
    keyword: 'sharedaccesskey',
    before: /sharedaccesskey["'\\]{0,2}[ \t]?[:=][ \t]?["'\\]{0,2}/i,
    text: (secret) => `Endpoint=sb://ci.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=${secret}`,
  }),
  field({
    id: 'azure-connection-key',
    title: 'Access key in a connection string of SignalR, Web PubSub, Event Grid or Communication Services',
    source: 'https://learn.microsoft.com/azure/azure-signalr/concept-connection-string',
    keyword: 'endpoint=',
    before: /endpoint=https?:\/\/[\w.-]{1,200}\/?;accesskey=/i,
    text: (secret) => `Endpoint=https://ci.service.signalr.net;AccessKey=${secret};Version=1.0;`,
  }),
  field({
    id: 'azure-app-configuration-secret',
    title: 'Secret in a connection string of Azure App Configuration',
    source: 'https://learn.microsoft.com/azure/azure-app-configuration/howto-best-practices',
    keyword: 'endpoint=',
    before: /endpoint=https?:\/\/[\w.-]{1,200}\/?;id=[\w+/:=-]{1,100};secret=/i,
    text: (secret) => `Endpoint=https://ci.azconfig.io;Id=abcd:${secret.slice(0, 4)};Secret=${secret}`,
  }),
  named({
    id: 'azure-storage-key-value',
    provider: 'Azure',
    title: 'Azure Storage account key after a name',
    source: STORAGE,
    names: ['azure storage', 'account key', 'cosmos'],
    value: ACCOUNT_KEY,
  }),
  {
    id: 'azure-subscription-key',
    provider: 'Azure',
    title: 'Azure API Management or AI services subscription key',
    source: 'https://learn.microsoft.com/azure/api-management/api-management-subscriptions',
    keywords: ['ocp-apim-subscription-key', 'subscription-key', 'subscription_key'],
    before: new RegExp(`${BORDER}(?:ocp-apim-)?subscription[_-]key["'\\\\]{0,2}[ \\t]?[:=,][ \\t]?["'\\\\]{0,2}`, 'i'),
    secret: /[A-Za-z0-9]+/,
    shortest: 32,
    accepts: (secret) => isVaried(secret, 8),
    example(random) {
      const secret = draw(random, '0123456789abcdef', 32);
      return { secret, text: `-H "Ocp-Apim-Subscription-Key: ${secret}"` };
    },
  },
  named({
    id: 'azure-devops-token',
    provider: 'Azure',
    title: 'Azure DevOps personal access token',
    source:
      'https://learn.microsoft.com/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate',
    names: ['azure devops', 'azdo', 'vsts', 'ado pat', 'system access', 'vss nuget'],
    // A token of the older form; the later one holds a mark of its own.
    value: lower(52),
  }),
];
