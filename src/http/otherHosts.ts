import type { Response } from 'express';

/**
 * Lets pages of other hosts read the answer. It is for what everybody may read, and what is the same for everybody:
 * browsers send no cookie along.
 */
export function forOtherHosts(res: Response): void {
  res.set({ 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' });
}
