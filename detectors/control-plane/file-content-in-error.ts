// A controller's command line complains of an argument that is a line of a file: it was made to read one for somebody
// (`@/etc/passwd`, CVE-2024-23897; I10). What follows "too many arguments" is never a line of a password file otherwise.
import { defineRule } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';

/** How Jenkins' command line quotes an argument that it cannot use: https://www.jenkins.io/security/advisory/2024-01-24/ */
const COMPLAINT =
  /(?:Too many arguments:|No such (?:agent|node|job|item|view|command|plugin|user)|is not a valid (?:option|argument)|No argument is allowed:) ?(.{4,500})/;

/** Lines of files that are read first: accounts, environments, keys, Jenkins' own secrets and users. */
const CONTENT: readonly (readonly [RegExp, string])[] = [
  [/(?:^|["' ])[a-z_][\w-]{0,31}:[x*!]:\d{1,7}:\d{1,7}:/, 'a password file'],
  [/(?:^|["' ])[a-z_][\w-]{0,31}:(?:[$*!][^:]{0,150}):\d{4,6}:/, 'a password file'],
  [/-----BEGIN |\[redacted:private-key/, 'a key'],
  [/(?:^|["' ])(?:HOME|PATH|JENKINS_HOME|HOSTNAME|JAVA_HOME)=\S/, 'an environment'],
  [/<\?xml |<hudson\.|<jenkins\.|<idToDirectoryNameMap/, 'a configuration file'],
  [/^["' ]{0,2}[0-9a-f]{64,}["' ]?/, 'a master key'],
];

const LONGEST = 1_000;

export const fileContentInError = defineRule<'log'>({
  id: 'file-content-in-error',
  title: 'Lines of a file in the controller’s errors',
  summary:
    'The command line of a controller complained of an argument that is a line of a file, so somebody made it read one.',
  catalogue: 'D112',
  severity: 'high',
  maturity: 'stable',
  owasp: ['CICD-SEC-7'],
  attack: [
    { tactic: 'TA0001', technique: 'T1190' },
    { tactic: 'TA0006', technique: 'T1552.001' },
  ],
  cases: () => import('./file-content-in-error.cases.ts'),
  watches: ['log'],
  by: 'place',
  falsePositives: ['A security test of the controller.'],
  next: [
    'Block the command line at the proxy, and update the controller.',
    'Treat every secret of the controller as read: keys, credentials, sessions.',
  ],

  examine(activity) {
    const { first_line: first, lines } = activity.detail;
    for (const [index, line] of lines.entries()) {
      // Nearly all lines end here.
      if (!line.includes('argument') && !line.includes('No such ')) continue;
      const quoted = COMPLAINT.exec(line.slice(0, LONGEST))?.[1];
      const what = quoted === undefined ? undefined : CONTENT.find(([pattern]) => pattern.test(quoted))?.[1];
      if (what === undefined) continue;
      const entity = entityOf('pipeline', activity) ?? entityOf('system', activity);
      return {
        severity: 'high',
        observed: `Line ${first + index} of the log quotes ${what} as an argument that the command line could not use.`,
        expected: 'Commands are given names and options, not lines of files.',
        oddity: `content:${what}`,
        ...(entity && { entity }),
      };
    }
    return undefined;
  },
});
