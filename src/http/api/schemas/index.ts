/** Everything of the JSON API as zod schemas: they validate requests, and the OpenAPI document is made of them. */
export * from './booking';
export * from './desk';
export * from './falseBookings';
export * from './hours';
export { Moves, MovesBody } from './moves';
export * from './problem';
export * from './staff';
