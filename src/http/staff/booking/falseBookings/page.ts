import type { Request, Response } from 'express';
import type { Booking } from '../../../../domain/booking/booking';
import type { Desk } from '../../../../domain/desk';
import { paths, url } from '../../../../paths';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import type { Page } from '../../../wiring';
import { type BookingAtDesk, signedIn } from '../../desk';
import { bodyOf, keyOf, queryOf } from '../../forms';
import { checkView } from './check/view';
import { type Listing, NETWORKS, readCancelled, readChosen, readListing, readReason, spanOf } from './form';
import { listView, MAX_SHOWN_BOOKINGS } from './list/view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'ids' | 'tokens'>;

/**
 * Cancels a run of false bookings. From one of them reception sees what else came from its network at the time, selects
 * bookings, sees once more what will be cancelled and who will be told, and cancels them in one transaction.
 */
export function falseBookingsPage(deps: Deps): Page<BookingAtDesk> {
  return {
    async get(about, req, res) {
      const chosen = await chosenIn(deps, about.desk, req.body);
      if (chosen.length === 0) return showList(deps, about, { req, res });
      showCheck(deps, res, { ...about, chosen, reason: bodyOf(req).reason });
    },

    async post(about, req, res) {
      const chosen = await chosenIn(deps, about.desk, req.body);
      if (chosen.length === 0) return showList(deps, about, { req, res, isNothingChosen: true });
      const fields = bodyOf(req);
      if (fields.step !== 'cancel') return showCheck(deps, res, { ...about, chosen });
      const read = readReason(fields, res.locals);
      if ('wrong' in read) return showCheck(deps, res, { ...about, chosen, reason: fields.reason, wrong: read.wrong });
      const { value } = await deed(res, () =>
        deps.app.cancelFalseBookings({
          deskId: about.desk.id,
          bookingIds: chosen.map(({ id }) => id),
          tell: fields.tell === 'true' ? 'mail' : 'nobody',
          reason: read.reason,
          who: signedIn(res),
          idempotency: keyOf(deps, res, { what: `false bookings ${about.desk.id}`, fields }),
        }),
      );
      const done = value.filter(({ outcome }) => outcome === 'cancelled').length;
      res.redirect(303, url(paths.staffFalseBookings, { id: about.booking.id }, { done, kept: value.length - done }));
    },
  };
}

/** Returns the desk's bookings that the form names; the list is short, and each is looked up by its id. */
async function chosenIn({ storage }: Deps, desk: Desk, body: unknown): Promise<Booking[]> {
  const ids = readChosen(body).slice(0, MAX_SHOWN_BOOKINGS);
  const found = await Promise.all(ids.map((id) => storage.bookings.find(id)));
  return found.filter((booking): booking is Booking => booking?.deskId === desk.id);
}

async function showList(
  deps: Deps,
  about: BookingAtDesk,
  { req, res, isNothingChosen = false }: { req: Request; res: Response; isNothingChosen?: boolean },
): Promise<void> {
  const query = queryOf(req);
  const listing = readListing(query);
  const found = await inNetwork(deps, about.booking, listing);
  const view = listView({ ...about, listing, found, cancelled: readCancelled(query), isNothingChosen }, res.locals);
  res.status(isNothingChosen ? 422 : 200).render('pages/staff/booking/falseBookings/list', view);
}

/** Returns each booking once, in the order in which they were made. */
async function inNetwork({ storage }: Deps, booking: Booking, listing: Listing): Promise<Booking[]> {
  for (const width of NETWORKS[listing.network].toReversed()) {
    const found = await storage.bookings.fromNetworkOf(booking.id, width, spanOf(listing), MAX_SHOWN_BOOKINGS + 1);
    if (found.length > 0) return found;
  }
  return [];
}

function showCheck({ ids }: Deps, res: Response, facts: Omit<Parameters<typeof checkView>[0], 'key'>): void {
  const view = checkView({ ...facts, key: ids.uuid() }, res.locals);
  res.status(view.errors ? 422 : 200).render('pages/staff/booking/falseBookings/check', view);
}
