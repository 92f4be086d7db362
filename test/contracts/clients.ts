// The clients that a story opens, remembered so that its stage can close them.

export interface Clients<Client> {
  /** In the order of their opening. */
  readonly opened: readonly Client[];
  open(): Promise<Client>;
}

export function clientsOf<Client>(server: { open(): Promise<Client> }): Clients<Client> {
  const opened: Client[] = [];
  return {
    opened,
    async open() {
      const client = await server.open();
      opened.push(client);
      return client;
    },
  };
}
