// docs/reference/errors.md: the error table.
import { ERRORS } from '../../services/core/errors.ts';
import { page, table } from './markdown.ts';

export function errorsPage(): string {
  const rows = Object.entries(ERRORS).map(([code, { message, fate, exit }]) => [
    `<a id="${code.toLowerCase()}"></a>${code}`,
    message,
    fate,
    String(exit),
  ]);
  return page(
    'Errors',
    '`retry`: it is tried again; `give-up`: trying again cannot help; `operator`: a person has to mend something. The last column is the exit code of a command that ends by it.',
    [table(['code', 'message', 'fate', 'exit'], rows)],
  );
}
