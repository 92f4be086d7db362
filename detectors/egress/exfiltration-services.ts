// Services that take anybody's data without asking who they are: what stolen secrets are sent to, because nobody can be asked
// whose account it was. By what each of them says that it is for.

export type ServiceKind = 'catcher' | 'drop' | 'paste' | 'tunnel';

const NAMES: Readonly<Record<ServiceKind, string>> = {
  // Show whoever runs them each request or lookup that comes in.
  catcher:
    'webhook.site requestbin.com requestbin.net requestcatcher.com beeceptor.com hookbin.com hookdeck.com pipedream.net webhook.cool webhook-test.com typedwebhook.tools requestinspector.com mockbin.io postb.in ptsv2.com ptsv3.com oastify.com burpcollaborator.net interact.sh interactsh.com oast.pro oast.live oast.site oast.online oast.fun oast.me dnslog.cn dnslog.link ceye.io dnsbin.zhack.ca requestrepo.com bxss.me xss.ht canarytokens.com canarytokens.org dnshook.site webhookrelay.com',
  // Keep a file for whoever has its link.
  drop: 'transfer.sh file.io 0x0.st temp.sh bashupload.com oshi.at uguu.se catbox.moe gofile.io anonfiles.com anonfile.com tmpfiles.org pixeldrain.com filebin.net keep.sh wetransfer.com ufile.io filechan.org sendspace.com mega.nz mega.co.nz fastupload.io',
  paste:
    'pastebin.com paste.ee hastebin.com ghostbin.com ghostbin.co rentry.co rentry.org dpaste.com dpaste.org ix.io termbin.com sprunge.us paste.rs pastie.org privatebin.net controlc.com justpaste.it telegra.ph cl1p.net',
  // Lead from the outside into whatever opened them.
  tunnel:
    'ngrok.io ngrok.app ngrok.dev ngrok-free.app ngrok-free.dev ngrok.com trycloudflare.com loca.lt localtunnel.me serveo.net localhost.run lhr.life lhr.rocks pinggy.io pinggy.link pinggy.online pagekite.me bore.pub playit.gg localtonet.com portmap.io portmap.host localxpose.io loclx.io telebit.io tunnelto.dev zrok.io expose.dev packetriot.net openport.io onion.ly onion.ws tor2web.org devtunnels.ms',
};

const KINDS: ReadonlyMap<string, ServiceKind> = new Map([
  ...kindOf('catcher'),
  ...kindOf('drop'),
  ...kindOf('paste'),
  ...kindOf('tunnel'),
]);

function kindOf(kind: ServiceKind): readonly (readonly [string, ServiceKind])[] {
  return NAMES[kind].split(' ').map((name) => [name, kind] as const);
}

/** The service that a host (lower case) is or belongs to. */
export function exfiltrationService(
  host: string,
): { readonly service: string; readonly kind: ServiceKind } | undefined {
  const labels = host.split('.');
  for (let from = Math.max(0, labels.length - 4); from < labels.length - 1; from++) {
    const service = labels.slice(from).join('.');
    const kind = KINDS.get(service);
    if (kind) return { service, kind };
  }
  return undefined;
}
