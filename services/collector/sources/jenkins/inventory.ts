// How Jenkins is set, told by whoever looked: see ../../inventory/source.ts.
import { defineInventorySource } from '../../inventory/source.ts';
import { loosened } from './shared/loosened.ts';

export const jenkinsInventory = defineInventorySource({
  id: 'jenkins.inventory',
  title: 'Settings of Jenkins, looked at',
  reference: 'https://www.jenkins.io/doc/book/using/remote-access-api/',
  loosened,
});
