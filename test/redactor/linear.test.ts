// No pattern may backtrack without bound: each is proven (or, where it looks around, attacked in vain) by recheck.
import { PATTERNS } from '../../services/redactor/patterns.ts';

import { holdLinear } from '../helpers/linear.ts';

/** As the engine tries them: at one place alone, unless the row asks for a search. */
const expressions = new Map(
  PATTERNS.flatMap(({ before, secret, search }) => {
    const sticky = ({ source, flags }: RegExp) => new RegExp(source, `${flags}y`);
    const first = search === 'line' ? (expression: RegExp) => expression : sticky;
    if (!(secret instanceof RegExp)) return [];
    return before ? [first(before), sticky(secret)] : [first(secret)];
  }).map((expression) => [`${expression}`, expression]),
);

holdLinear(expressions);
