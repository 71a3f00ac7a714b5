import type { Response } from 'express';
import { type Confirmed, confirmView } from './view';

/** Shows a plan before it is carried out, and asks whether to do so. */
export function showConfirm(res: Response, confirmed: Confirmed): void {
  const view = confirmView(confirmed, res.locals);
  res.status(view.errors ? 422 : 200).render('pages/staff/booking/confirm', view);
}
