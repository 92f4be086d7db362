// Every secret manager that a reference may name.
import { aws } from './aws.ts';
import { azure } from './azure.ts';
import { gcp } from './gcp.ts';
import type { Manager } from './manager.ts';
import { vault } from './vault.ts';

export const MANAGERS: readonly Manager[] = [vault, aws, gcp, azure];
