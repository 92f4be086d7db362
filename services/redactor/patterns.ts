// Every kind of secret that is known. Where two match the same text, the one that stands first names it: kinds with a
// form of their own stand before those that only a name or a label gives away.
import type { Pattern } from './pattern.ts';
import { aiMedia } from './patterns/ai/model-media.ts';
import { aiTools } from './patterns/ai/model-tools.ts';
import { ai } from './patterns/ai/models.ts';
import { analytics } from './patterns/business/analytics.ts';
import { automation } from './patterns/business/automation.ts';
import { commerce } from './patterns/business/commerce.ts';
import { communities } from './patterns/business/communities.ts';
import { saasCustomers } from './patterns/business/customers.ts';
import { exchanges } from './patterns/business/exchanges.ts';
import { filesMedia } from './patterns/business/files-media.ts';
import { mapsWeather } from './patterns/business/maps-weather.ts';
import { marketing } from './patterns/business/marketing.ts';
import { payment } from './patterns/business/payment.ts';
import { paymentRegions } from './patterns/business/payment-regions.ts';
import { smallServices } from './patterns/business/small-services.ts';
import { social } from './patterns/business/social.ts';
import { webData } from './patterns/business/web-data.ts';
import { web3 } from './patterns/business/web3.ts';
import { saasWork } from './patterns/business/work.ts';
import { aws } from './patterns/clouds/aws.ts';
import { azure } from './patterns/clouds/azure.ts';
import { clouds } from './patterns/clouds/cloud-hosts.ts';
import { delivery } from './patterns/clouds/delivery.ts';
import { easternClouds } from './patterns/clouds/eastern-clouds.ts';
import { google } from './patterns/clouds/google.ts';
import { networks } from './patterns/clouds/networks.ts';
import { ciSystems } from './patterns/code/ci-systems.ts';
import { codeQuality } from './patterns/code/code-quality.ts';
import { github } from './patterns/code/github.ts';
import { gitlab } from './patterns/code/gitlab.ts';
import { hosting } from './patterns/code/hosting.ts';
import { identity } from './patterns/code/identity.ts';
import { packages } from './patterns/code/packages.ts';
import { registries } from './patterns/code/registries.ts';
import { secretManagers } from './patterns/code/secret-managers.ts';
import { sourceControl } from './patterns/code/source-control.ts';
import { dataServices } from './patterns/data/data-services.ts';
import { databases } from './patterns/data/databases.ts';
import { hostedDatabases } from './patterns/data/hosted-databases.ts';
import { addresses } from './patterns/forms/addresses.ts';
import { assignments } from './patterns/forms/assignments.ts';
import { commandLines } from './patterns/forms/command-lines.ts';
import { hashes } from './patterns/forms/hashes.ts';
import { labelled } from './patterns/forms/labelled.ts';
import { marked } from './patterns/forms/marked.ts';
import { prefixedGeneric } from './patterns/forms/prefixed-generic.ts';
import { privateKeys } from './patterns/forms/private-keys.ts';
import { protocols } from './patterns/forms/protocols.ts';
import { chat } from './patterns/messages/chat.ts';
import { discord } from './patterns/messages/discord.ts';
import { mail } from './patterns/messages/mail.ts';
import { mailChecks } from './patterns/messages/mail-checks.ts';
import { push } from './patterns/messages/push.ts';
import { slack } from './patterns/messages/slack.ts';
import { sms } from './patterns/messages/sms.ts';
import { alerting } from './patterns/operations/alerting.ts';
import { logging } from './patterns/operations/logging.ts';
import { monitoring } from './patterns/operations/monitoring.ts';
import { uptime } from './patterns/operations/uptime.ts';

export const PATTERNS: readonly Pattern[] = [
  ...privateKeys,
  ...github,
  ...gitlab,
  ...sourceControl,
  ...packages,
  ...registries,
  ...ciSystems,
  ...secretManagers,
  ...identity,
  ...hosting,
  ...codeQuality,
  ...aws,
  ...google,
  ...azure,
  ...clouds,
  ...delivery,
  ...networks,
  ...easternClouds,
  ...databases,
  ...hostedDatabases,
  ...dataServices,
  ...monitoring,
  ...logging,
  ...uptime,
  ...alerting,
  ...ai,
  ...aiTools,
  ...aiMedia,
  ...slack,
  ...discord,
  ...chat,
  ...mail,
  ...mailChecks,
  ...sms,
  ...push,
  ...paymentRegions,
  ...payment,
  ...commerce,
  ...saasCustomers,
  ...analytics,
  ...saasWork,
  ...automation,
  ...marketing,
  ...social,
  ...communities,
  ...filesMedia,
  ...webData,
  ...mapsWeather,
  ...exchanges,
  ...web3,
  ...smallServices,
  ...commandLines,
  ...hashes,
  ...addresses,
  ...protocols,
  ...prefixedGeneric,
  ...marked,
  ...assignments,
  ...labelled,
];
