import type { Response } from 'express';
import type { Alternatives } from '../../../../app/slots/alternatives';
import type { Hold } from '../../../../domain/booking/hold';
import type { DomainError } from '../../../../domain/errors';
import type { Stage } from '../stage';
import { slotGoneView } from './view';

/**
 * Shows that the time has been taken, with the nearest free times to choose from.
 *
 * @param stage with its hold, if something was typed that is kept
 * @param refused `slot-unavailable` with its alternatives
 */
export function showSlotGone(stage: Stage & { readonly hold?: Hold }, refused: DomainError, res: Response): void {
  const { slots } = refused.details.alternatives as Alternatives;
  res.status(409).render('pages/public/journey/slotGone', slotGoneView({ stage, nearest: slots }, res.locals));
}
