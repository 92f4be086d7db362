// Why an object, or the rest of it, cannot be read. What came before has been given out.

export class DamagedObject extends Error {}
