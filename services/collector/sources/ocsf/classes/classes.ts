// Which class becomes what; classes that are not listed go by their category.
// https://schema.ocsf.io/classes
import { apiActivity, lifecycle, scan, storeActivity } from './application.ts';
import type { Mapper } from './event.ts';
import { finding } from './findings.ts';
import { access, accountChange, authentication, entityManagement } from './identity.ts';
import { connection, dns } from './network.ts';
import { eventLog, file, memory, module, process, scheduledJob, script } from './system.ts';

/** Mail, and errors of applications: nothing that an activity has a kind for. */
const nothing: Mapper = () => undefined;

/** By `class_uid`. */
export const CLASSES: ReadonlyMap<number, Mapper> = new Map<number, Mapper>([
  [1001, file],
  [1002, module],
  [1004, memory],
  [1005, module],
  [1006, scheduledJob],
  [1007, process],
  [1008, eventLog],
  [1009, script],
  [3001, accountChange],
  [3002, authentication],
  [3004, entityManagement],
  [3007, accountChange],
  [4003, dns],
  [4009, nothing],
  [4011, nothing],
  [4012, nothing],
  [6001, storeActivity],
  [6002, lifecycle],
  [6003, apiActivity],
  [6004, storeActivity],
  [6005, storeActivity],
  [6006, storeActivity],
  [6007, scan],
  [6008, nothing],
]);

/** By `category_uid`, the class without its last three digits. System and discovery events differ too much for one. */
export const CATEGORIES: ReadonlyMap<number, Mapper> = new Map<number, Mapper>([
  [2, finding],
  [3, access],
  [4, connection],
  [6, storeActivity],
]);
