/**
 * Resolves in a later turn of the event loop, one of all who wait in each: so whoever has much to think about lets everybody else go on
 * between two thoughts, and ten who think delay nobody more than one does.
 */
export type Turn = () => Promise<void>;
