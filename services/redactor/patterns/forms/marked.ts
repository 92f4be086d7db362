// Values that are marked as secrets themselves, as runners of GitHub's and Azure's keep their variables.
import type { Pattern } from '../../pattern.ts';
import { isPlaceholder } from '../../plausible.ts';
import { draw, LOWER_ALPHANUMERIC } from '../make/token.ts';

const MARKED = String.raw`"[ \t]{0,4},[ \t]{0,4}"isSecret"[ \t]{0,4}:[ \t]{0,4}true`;

export const marked: readonly Pattern[] = [
  {
    id: 'runner-secret',
    provider: 'any',
    title: 'Variable of a runner that is marked as a secret, as a dump of its memory has it',
    source: 'https://learn.microsoft.com/en-us/rest/api/azure/devops/distributedtask/variablegroups/get',
    keywords: ['"issecret"'],
    search: 'line',
    before: /(?<=[{, \t])"value"[ \t]{0,4}:[ \t]{0,4}"/,
    secret: new RegExp(String.raw`(?:[^"\\\0\r\n]|\\[^\0\r\n])+(?=${MARKED})`),
    shortest: 4,
    accepts: (secret) => !isPlaceholder(secret),
    example(random) {
      const secret = `open the door ${draw(random, LOWER_ALPHANUMERIC, 9)}`;
      return { secret, text: `"DOOR":{"value":"${secret}","isSecret":true}` };
    },
  },
];
