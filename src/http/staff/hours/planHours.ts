import type { Response } from 'express';
import type { PlannedHours } from '../../../domain/booking/absencePlan';
import type { Desk } from '../../../domain/desk';
import { paths, url } from '../../../paths';
import { inClientLocales } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import { signedIn } from '../desk';
import { type Fields, keyOf } from '../forms';

type Deps = Pick<HttpDeps, 'app' | 'now' | 'tokens' | 'texts'>;

/** Proposes what becomes of the bookings that a change of hours would leave outside, and leads to that plan. */
export async function planHours(
  deps: Deps,
  res: Response,
  { id: deskId }: Desk,
  { fields, hours }: { fields: Fields; hours: PlannedHours },
): Promise<void> {
  const { app, now, texts } = deps;
  const idempotency = keyOf(deps, res, { what: `plan hours ${deskId}`, fields });
  const absence = {
    advisorIds: null,
    time: { start: now(), end: now() },
    kind: 'closure' as const,
    reason: null,
    notice: inClientLocales(texts, 'booking.hours.specially'),
    hours,
  };
  const { value } = await deed(res, () => app.proposePlan({ who: signedIn(res), deskId, absence, idempotency }));
  res.redirect(303, url(paths.staffPlan, { desk: deskId, id: value.id }));
}
