// Server-rendered markup: `html` escapes every value that is not markup itself.
import { html } from 'hono/html';

export { html };
export type Html = ReturnType<typeof html>;
