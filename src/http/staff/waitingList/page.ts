import type { Request, Response } from 'express';
import { bookingOf, type WaitingPlace } from '../../../app/waiting/readWaitingList';
import type { Booking } from '../../../domain/booking/booking';
import type { Instant } from '../../../domain/calendar/interval';
import type { Desk } from '../../../domain/desk';
import { assertMayServeWaiting } from '../../../domain/staff/rights';
import { inLanguage } from '../../../domain/text';
import type { WaitingEntry } from '../../../domain/waiting/entry';
import { paths, url } from '../../../paths';
import { deskTime } from '../../../presentation/format';
import { clientLocaleFor } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import type { Guard, Page } from '../../wiring';
import { enterDesk, signedIn } from '../desk';
import { bodyOf, type Fields, keyOf, queryOf } from '../forms';
import { fasterText, readDeed, WAITING_DONE, type WaitingDone } from './form';
import { waitingListView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now' | 'ids' | 'tokens' | 'texts'>;

/** The guard of the page. @throws DomainError `not-found`, `forbidden` */
export function deskToServe(deps: Pick<HttpDeps, 'storage'>): Guard<Desk> {
  return async (req, res) => {
    const desk = await enterDesk(deps, res, String(req.params.desk), 'waiting');
    assertMayServeWaiting(signedIn(res), desk.id);
    return desk;
  };
}

/**
 * The waiting list: who waits, for what and until when. One entry at a time is open (`entry` in the address), with the
 * free starts that can be offered to them or booked at once, and what to say on the phone.
 */
export function waitingListPage(deps: Deps): Page<Desk> {
  return {
    get: (desk, req, res) => show(deps, desk, { req, res }),

    async post(desk, req, res) {
      const fields = bodyOf(req);
      try {
        await act(deps, desk, res, fields);
      } catch (error) {
        const text = fasterText(error);
        if (!text) throw error;
        await show(deps, desk, { req, res, refusal: res.locals.t(`staff.waitingList.${text}`) });
      }
    },
  };
}

async function act(deps: Deps, desk: Desk, res: Response, fields: Fields): Promise<void> {
  const { app } = deps;
  const { entry: entryId = '' } = fields;
  const of = { who: signedIn(res), deskId: desk.id, entryId };
  const wanted = readDeed(fields);
  if (!wanted) return back(res, desk, entryId);
  if (!('start' in wanted)) {
    const isLeaving = wanted.what === 'leave';
    await deed(res, () => (isLeaving ? app.takeOffList(of) : app.putBackOnList(of)));
    return back(res, desk, entryId, isLeaving ? 'left' : 'back');
  }
  const { what, start } = wanted;
  const idempotency = keyOf(deps, res, { what: `waiting ${entryId} ${what}`, fields });
  if (what === 'offer') {
    const { value } = await deed(res, () => app.offerByStaff({ ...of, start, idempotency }));
    return back(res, desk, entryId, value.client.email === null ? 'reserved' : 'offered');
  }
  const { value } = await deed(res, () => app.bookForWaiter({ ...of, start, idempotency }));
  const isNew = value.version === 1;
  res.redirect(
    303,
    isNew ? url(paths.staffSlip, { id: value.id }, { new: 1 }) : url(paths.staffBooking, { id: value.id }),
  );
}

function back(res: Response, desk: Desk, entry: string, done?: WaitingDone): void {
  res.redirect(303, url(paths.staffWaitingList, { desk: desk.id }, { entry, done }));
}

async function show(
  { app, storage, now, ids, texts }: Deps,
  desk: Desk,
  { req, res, refusal }: { readonly req: Request; readonly res: Response; readonly refusal?: string },
): Promise<void> {
  const who = signedIn(res);
  const { places } = await app.readWaitingList(who, desk.id);
  const { entry: entryId, topic, done } = { ...queryOf(req), ...bodyOf(req) };
  const opened = places.find(({ entry }) => entry.id === entryId)?.entry;
  const starts = opened ? await app.startsForWaiter(who, desk.id, opened.id) : [];
  const view = waitingListView(
    {
      ...{ desk, places, opened, starts, topic, refusal, entryId },
      bookings: await bookingsOf({ storage }, places),
      done: WAITING_DONE.find((each) => each === done),
      now: now(),
      key: ids.uuid(),
      sentence: (entry, start) => {
        const lang = clientLocaleFor(entry.client.language);
        const topicName = desk.topics.find(({ id }) => id === entry.topicId)?.name;
        return {
          lang,
          text: texts.in('client', lang)('booking.call.waiting', {
            desk: inLanguage(desk.name, lang),
            topic: topicName ? inLanguage(topicName, lang) : '',
            offer: offerText(lang, desk, start),
          }),
        };
      },
    },
    res.locals,
  );
  res.status(refusal ? 409 : 200).render('pages/staff/waitingList', view);
}

function offerText(lang: string, desk: Desk, start: Instant): string {
  return deskTime(lang, desk.hours.timeZone).dateAndTime(start);
}

/** Returns the bookings that are to become earlier, by the id of the entry. */
async function bookingsOf(
  { storage }: Pick<Deps, 'storage'>,
  places: readonly WaitingPlace[],
): Promise<ReadonlyMap<WaitingEntry['id'], Booking>> {
  const found = await Promise.all(
    places.map(async ({ entry }) => [entry.id, await bookingOf(storage, entry)] as const),
  );
  return new Map(found.flatMap(([id, booking]) => (booking ? [[id, booking] as const] : [])));
}
