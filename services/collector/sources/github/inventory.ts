// How GitHub is set, told by whoever looked: see ../../inventory/source.ts.
import { defineInventorySource } from '../../inventory/source.ts';
import { loosened } from './shared/guard.ts';

export const githubInventory = defineInventorySource({
  id: 'github.inventory',
  title: 'Settings of GitHub, looked at',
  reference: 'https://docs.github.com/en/rest',
  loosened,
});
