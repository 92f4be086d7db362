// What a sensor's record says was done: the part of a draft that its kind decides.
import type { ActivityDetails } from '../../../../core/activity.ts';

type SensorKind = 'process' | 'connection' | 'dns' | 'file' | 'memory' | 'alert' | 'other';

export type Deed = {
  [Kind in SensorKind]: { readonly kind: Kind; readonly detail: ActivityDetails[Kind] };
}[SensorKind];

/** The `action` of an alert that a sensor raised of its own rule, policy or signature. */
export const RAISED = 'raised';
/** The `action` of an alert that says the sensor lost events: what it did not tell of that time may have happened. */
export const BLIND = 'blind';
