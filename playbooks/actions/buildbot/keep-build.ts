// Keeps what Buildbot shows of a build: itself, its steps, properties and changes, and who or what asked for it.
import type { EvidenceRequest } from '../../../services/core/action.ts';
import type { Json } from '../../../services/core/json.ts';
import { idOf } from '../answer.ts';
import { keepingEvidence, reading } from '../keeping.ts';
import { builderName, buildId, buildPath, listed } from './paths.ts';

const ID = 'buildbot.keep-build';

export const keepBuild = keepingEvidence({
  id: ID,
  title: 'Keep what Buildbot shows of a build',
  system: 'buildbot',
  permissions: ['none where Buildbot shows its builds to everybody'],
  reference: 'https://docs.buildbot.net/latest/developer/raml/build.html',
  proof: 'real',

  name: (target) => `build ${buildId(ID, target)} of ${builderName(ID, target)}`,

  evidence(target) {
    const path = buildPath(ID, target);
    return [
      reading('build', path, (answer) =>
        named(answer, 'builds', 'buildrequestid', 'request', '/buildrequests', requested),
      ),
      reading('steps', `${path}/steps`),
      reading('properties', `${path}/properties`),
      reading('changes', `${path}/changes`),
    ];
  },
});

function requested(answer: Json): readonly EvidenceRequest[] {
  return named(answer, 'buildrequests', 'buildsetid', 'buildset', '/buildsets');
}

/** What the first of a list names by its number. */
function named(
  answer: Json,
  list: string,
  field: string,
  name: string,
  path: string,
  then?: EvidenceRequest['then'],
): readonly EvidenceRequest[] {
  const id = idOf(listed(answer, list)[0] ?? null, field);
  return id === undefined ? [] : [reading(name, `${path}/${id}`, then)];
}
