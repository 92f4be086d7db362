// Suffixes below which each name belongs to another customer, and which the Public Suffix List does not have (its owners
// must ask for the entry). `*` stands for one label. Pages say how customers' names are made.

const SUFFIXES: readonly string[] = [
  // https://learn.microsoft.com/azure/storage/common/storage-account-overview#storage-account-endpoints
  'table.core.windows.net',
  'queue.core.windows.net',
  'dfs.core.windows.net',
  '*.web.core.windows.net',
  'database.windows.net',
  // https://learn.microsoft.com/azure/private-link/private-endpoint-dns: names of services by customer
  'vault.azure.net',
  'azurecr.io',
  '*.cloudapp.azure.com',
  // https://developers.cloudflare.com/r2/api/s3/api/
  'r2.cloudflarestorage.com',
  // https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
  'dkr.ecr.*.amazonaws.com',
  // https://cloud.google.com/storage/docs/request-endpoints
  'storage.googleapis.com',
  // https://firebase.google.com/docs/database/rest/start
  'firebaseio.com',
  // https://www.alibabacloud.com/help/oss/user-guide/regions-and-endpoints
  '*.aliyuncs.com',
  // https://cloud.tencent.com/document/product/436/6224
  'cos.*.myqcloud.com',
  // https://jfrog.com/help/r/jfrog-platform-administration-documentation
  'jfrog.io',
  'sharepoint.com',
  'atlassian.net',
  // Tunnels and catchers of requests: whoever runs the other end chooses the name.
  'loca.lt',
  'serveo.net',
  'lhr.life',
  'localhost.run',
  '*.pinggy.link',
  '*.devtunnels.ms',
  'm.pipedream.net',
  'webhook.site',
  'requestcatcher.com',
  'beeceptor.com',
];

/** By the last two labels, so that most names cost one look. */
const byEnd = new Map<string, (readonly string[])[]>();
for (const suffix of SUFFIXES) {
  const labels = suffix.split('.');
  const end = labels.slice(-2).join('.');
  byEnd.set(end, [...(byEnd.get(end) ?? []), labels]);
}

/** The longest of these suffixes that a name (lower case) is, or ends in; undefined where there is none. */
export function hostingSuffix(name: string): string | undefined {
  const labels = name.split('.');
  const fitting = (byEnd.get(labels.slice(-2).join('.')) ?? []).filter((suffix) => fits(labels, suffix));
  const longest = Math.max(0, ...fitting.map(({ length }) => length));
  return longest === 0 ? undefined : labels.slice(-longest).join('.');
}

function fits(labels: readonly string[], suffix: readonly string[]): boolean {
  const from = labels.length - suffix.length;
  return from >= 0 && suffix.every((label, index) => label === '*' || label === labels[from + index]);
}
