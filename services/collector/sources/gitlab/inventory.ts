// How GitLab is set, told by whoever looked: see ../../inventory/source.ts.
import type { Json } from '../../../core/json.ts';
import { defineInventorySource } from '../../inventory/source.ts';

export const gitlabInventory = defineInventorySource({
  id: 'gitlab.inventory',
  title: 'Settings of GitLab, looked at',
  reference: 'https://docs.gitlab.com/api/api_resources/',
  loosened,
});

/** `…_from` is the least role that may, `may_…` and `approvers` are who; `allow_…` guards by being off, the rest by being on. */
function loosened(setting: string, before: Json | undefined, after: Json | undefined): boolean {
  if (typeof before === 'number') return typeof after !== 'number' || after < before;
  if (Array.isArray(after)) {
    return setting.startsWith('may_') && after.some((one) => !Array.isArray(before) || !before.includes(one));
  }
  return setting.startsWith('allow_') ? before !== true && after === true : before === true && after !== true;
}
