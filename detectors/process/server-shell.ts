// A program that answers requests starts a shell: how a flaw in it, or a console of it, is used (I10, I11). Controllers and
// agents written in Java start shells for their builds all day, so where that is so it is learned; databases, web and file
// servers never do.
import { defineDetector } from '../../services/core/detector.ts';
import { FIRM } from '../../services/core/severity-table.ts';
import { type FirstSeenDetail, type FirstSeenState, firstSeen, type Sightings } from '../baselines/first-seen.ts';
import { jobLevels, jobWords, onMachine } from './levels.ts';
import { isShell, parentName, programName, shown } from './program.ts';

/** None of these has a shell's work to give away. */
const NEVER = new Set(
  'smbd nmbd winbindd nginx caddy mysqld mariadbd postgres redis-server memcached mongod etcd vsftpd proftpd named slapd exim postfix dovecot haproxy envoy traefik prometheus grafana minio registry gitea forgejo'.split(
    ' ',
  ),
);
/** Which of these do depends on what they are used for. */
const SELDOM = new Set(
  'java tomcat catalina httpd apache php-fpm gunicorn uwsgi puma unicorn w3wp beam.smp sonarqube nexus teamcity'.split(
    ' ',
  ),
);

export const serverShell = defineDetector<'process', Sightings, FirstSeenState, FirstSeenDetail>({
  id: 'server-shell',
  title: 'Server program starts a shell',
  summary:
    'Learns which server programs start shells on each runner and controller (those that run builds do), and notices one that never did; file, web and database servers never have a reason to.',
  catalogue: 'D105',
  severity: 'medium',
  maturity: 'stable',
  owasp: ['CICD-SEC-7'],
  attack: [
    { tactic: 'TA0002', technique: 'T1059.004' },
    { tactic: 'TA0001', technique: 'T1190' },
  ],
  cases: () => import('./server-shell.cases.ts'),
  watches: ['process'],
  by: 'place',
  falsePositives: ['An administrator’s script in the server’s own console.', 'A new plugin that calls a tool.'],
  next: [
    'Isolate the machine from the network, and keep it running.',
    'Look at what came in to the server in the minutes before.',
    'Treat every credential that the server stores as read.',
  ],
  baseline: firstSeen,
  levels: jobLevels,

  observe({ detail, process }) {
    const program = programName(process?.executable);
    if (detail.action !== 'start' || !process || program === undefined) return undefined;
    const parent = parentName(process);
    // None is a value too: that it never happened weighs as much as was seen.
    return { server: [isServer(parent) && isShell(program) ? parent : 'none'] };
  },

  judge(activity, { server = [] }, reading) {
    const [name = 'none'] = server;
    const [sighting] = reading.detail.sightings;
    if (name === 'none' || !sighting || sighting.times > 0 || sighting.knownTo !== null) return undefined;
    const never = NEVER.has(name);
    if (!never && reading.observations < FIRM) return undefined;
    const line = activity.process?.command_line ?? programName(activity.process?.executable) ?? '';
    return {
      severity: 'medium',
      certain: true,
      observed: `${jobWords(activity)}: the server program ${name} started a shell: ${shown(line, 120)}.`,
      expected: never
        ? `Programs like ${name} have no work for a shell.`
        : `In ${Math.round(reading.observations).toLocaleString('en-US')} programs that were seen to start here it never did.`,
      ...onMachine(activity),
      oddity: `shell:${name}`,
    };
  },
});

function isServer(program: string | undefined): program is string {
  return program !== undefined && (NEVER.has(program) || SELDOM.has(program));
}
