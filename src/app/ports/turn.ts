/**
 * Resolves in a later turn of the event loop. Only one of all callers is resumed in each turn. Long computations call
 * it between two steps so that other requests are served, and ten of them delay a request no more than one does.
 */
export type Turn = () => Promise<void>;
