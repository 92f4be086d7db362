// How Buildbot is set, told by whoever looked: see ../../inventory/source.ts.
import { defineInventorySource } from '../../inventory/source.ts';

export const buildbotInventory = defineInventorySource({
  id: 'buildbot.inventory',
  title: 'Settings of Buildbot, looked at',
  reference: 'https://docs.buildbot.net/latest/developer/rest.html',
});
