// The services that a process may run.
export const SERVICES = ['collector', 'analyzer', 'responder', 'forwarder', 'console'] as const;
export type ServiceName = (typeof SERVICES)[number];
