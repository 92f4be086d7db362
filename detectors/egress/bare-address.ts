// A job reaches an address for which it asked no name. Names come late, so on the ports where names are the rule an address
// alone says little; much more where the command line spells it, or on a port that is no service's.
import type { Raise } from '../../services/core/detector.ts';
import { FIRM } from '../../services/core/severity-table.ts';
import { neverSeen } from '../baselines/first-seen.ts';
import { jobWords, onMachine } from '../process/levels.ts';
import { isShell, isTransferTool } from '../process/program.ts';
import type { Contact, Contacting } from './destinations.ts';
import { isOrdinaryPort, isUpkeep } from './ports.ts';
import { type Novelties, portOf, sharing, told } from './what-is-new.ts';

const PLAIN_HTTP = 80;
/** What gives a shell to the other end, or is one. */
const HANDS_OVER = new Set(['nc', 'ncat', 'netcat', 'socat', 'telnet']);

export function bareRaise(activity: Contacting, contact: Contact, fresh: Novelties): Raise | undefined {
  const { bare = '', port, program, isPrivate, spelled = false, blocked = false } = contact;
  if (port !== undefined && isUpkeep(port)) return undefined;
  const { reading } = fresh;
  const said = {
    ...told([contact], reading),
    oddity: `address:${bare}`,
    ...(isPrivate ? onMachine(activity) : sharing(activity, bare)),
    novel: [`address:${bare}`],
    explainable: true as const,
  };
  const tcp = activity.kind !== 'connection' || activity.detail.transport !== 'udp';
  const strange = port !== undefined && !isOrdinaryPort(port) && tcp;
  if (!neverSeen(reading.detail).some(({ dimension }) => dimension === 'address')) return undefined;
  // Where all else goes by name, no address need be known for this one to be new.
  const neverBare = fresh.has('bare', `port ${portOf(contact)}`);
  if (!fresh.has('address', bare) && !neverBare) {
    // Nothing is known yet of where the job goes; but hardly any job goes there in its first minutes.
    if (reading.observations >= FIRM || isPrivate || !strange || isServed(program)) return undefined;
    return { ...said, severity: 'low', observed: sentence(activity, contact, false) };
  }
  const onNewPort = fresh.has('port', portOf(contact));
  const isOdd = onNewPort && port !== 443;
  // What is spelled was meant, and what stands in a log is; what goes by hand there is odd where the job never did so.
  const isMeant = spelled && (activity.kind === 'step' || isTransferTool(program) || isOdd) && neverBare;
  const byHand = isTransferTool(program) && fresh.has('program', program);
  if (!isOdd && !isMeant && !byHand && !blocked) return undefined;
  const isStrong = (isOdd || isMeant) && neverBare && !isPrivate && reading.observations >= FIRM;
  const handsOver = strange && onNewPort && (isShell(program) || HANDS_OVER.has(program ?? ''));
  return {
    ...said,
    ...(isStrong
      ? { severity: handsOver ? ('high' as const) : ('medium' as const), certain: true as const }
      : { impact: isPrivate ? ('low' as const) : ('high' as const), atMost: 'low' as const }),
    observed: sentence(activity, contact, onNewPort),
  };
}

/** Tests that serve themselves choose any port. */
function isServed(program: string | undefined): boolean {
  return program === 'docker' || program === 'dockerd' || program === 'containerd';
}

function sentence(activity: Contacting, { bare, port, program, blocked }: Contact, onNewPort: boolean): string {
  const where = `${port === undefined ? '' : `, port ${port}`}${port === PLAIN_HTTP ? ' in plain HTTP' : ''}`;
  return `${jobWords(activity)} ${blocked ? 'was kept from contacting' : 'contacted'} the bare address ${bare}${where}${program === undefined ? '' : `, with ${program}`}; no name was looked up for it${onNewPort ? ', and it never used that port' : ''}.`;
}
