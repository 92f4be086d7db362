// `npm run evaluate [-- S1 S4 …] [--seed 1,2] [--rename] [--shuffled]`: the scenarios, see scenarios.ts; 1 where one does not pass.
// `npm run evaluate -- variations [V1 V4 …] [--seed 1,2] [--rename]`: those that nobody tunes on, see variations.ts.
// `npm run evaluate -- scale-out [S1 S4 …] [--seed 1,2] [--rename] [--partitions 1]`: on a real Kafka, see scale-out.ts.
// `npm run evaluate -- redactor [--list FILE] [--unread]`: what the redactor takes and leaves, see redactor.ts.
// `npm run evaluate -- records [--seed 1,2,3]`: what becomes of every record, see records.ts.
// `npm run evaluate -- logs`: build logs as steps, see logs.ts.
// `npm run evaluate -- definitions [--list FILE]`: what patches of pipeline definitions are read as, see definitions.ts.
// `npm run evaluate -- commits`: commit histories under an alert budget, see commits.ts.
// `npm run evaluate -- histories`: what all detectors say of real records, see histories.ts.
// All need the shared folder, which stands beside the checkout of those who build Pipewarden; users do not have it.
import { parseArgs } from 'node:util';
import { evaluateCommits } from './commits.ts';
import { evaluateDefinitions } from './definitions.ts';
import { evaluateHistories } from './histories.ts';
import { evaluateLogs } from './logs.ts';
import { evaluateRecords } from './records.ts';
import { evaluateRedactor } from './redactor.ts';
import { evaluateScaleOut } from './scale-out.ts';
import { evaluateScenarios } from './scenarios.ts';
import { evaluateVariations } from './variations.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    /** Where the lines with a match, or the disagreements, go for a person to judge. The lines will hold secrets. */
    list: { type: 'string' },
    /** Shows the kinds of the unread part too; it is read with that. */
    unread: { type: 'boolean', default: false },
    /** Other names and other seconds in scenarios and variations. */
    rename: { type: 'boolean', default: false },
    /** Their records up to ten minutes late, some twice. */
    shuffled: { type: 'boolean', default: false },
    /** Of the activity topic: 1 with one collector and one analyzer, more with two of each. */
    partitions: { type: 'string', default: '12' },
  },
});
const how = { seeds: values.seed.split(','), rename: values.rename, shuffled: values.shuffled };

if (positionals.includes('records')) await evaluateRecords(values.seed.split(','));
else if (positionals.includes('logs')) evaluateLogs();
else if (positionals.includes('commits')) evaluateCommits();
else if (positionals.includes('histories')) await evaluateHistories();
else if (positionals.includes('definitions')) evaluateDefinitions({ list: values.list });
else if (positionals.includes('variations')) {
  const chosen = positionals.filter((name) => name !== 'variations');
  await evaluateVariations({ chosen, ...how });
} else if (positionals.includes('scale-out')) {
  const chosen = positionals.filter((name) => name !== 'scale-out');
  if (!(await evaluateScaleOut({ chosen, ...how, partitions: Number(values.partitions) }))) process.exitCode = 1;
} else if (positionals.includes('redactor')) evaluateRedactor({ list: values.list, showUnread: values.unread });
else if (!(await evaluateScenarios({ chosen: positionals, ...how }))) {
  process.exitCode = 1;
}
