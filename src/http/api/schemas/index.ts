/** All zod schemas of the JSON API. Requests are validated with them, and the OpenAPI document is made from them. */
export * from './booking';
export * from './bookingData';
export * from './desk';
export * from './falseBookings';
export * from './feeds';
export { Figures, FiguresQuery } from './figures';
export * from './hours';
export { Moves, MovesBody } from './moves';
export { FollowUpRequest, OutcomeRequest } from './outcome';
export * from './parts';
export * from './plans';
export * from './problem';
export * from './queue';
export * from './staff';
export * from './targets';
export * from './texts';
export * from './waiting';
export * from './webhooks';
