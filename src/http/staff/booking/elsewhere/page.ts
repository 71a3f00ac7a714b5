import type { Response } from 'express';
import { deskReferredTo } from '../../../../app/booking/bookElsewhere';
import type { Booking } from '../../../../domain/booking/booking';
import { notChangeable } from '../../../../domain/booking/change';
import { clientsLanguage } from '../../../../domain/booking/interpreting';
import { clientKey } from '../../../../domain/booking/reachable';
import { type Desk, topicsOnOffer } from '../../../../domain/desk';
import { isRefusal } from '../../../../domain/errors';
import { instant } from '../../../../fields/schemas';
import { paths, url } from '../../../../paths';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import type { Page } from '../../../wiring';
import { type BookingAtDesk, signedIn } from '../../desk';
import { bodyOf, keyOf, queryOf } from '../../forms';
import { showBooking } from '../overview/showBooking';
import { refusalOf } from '../refusal';
import { elsewhereView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now' | 'texts' | 'ids' | 'tokens'>;

/** What is refused at the other desk, and can be said here: the time is taken, or the client cannot book so. */
const REFUSED = ['slot-unavailable', 'invalid', 'too-many-bookings', 'too-many-requests'] as const;

/** The next step at another desk of this program, to which the client was referred: one press books it there. */
export function elsewherePage(deps: Deps): Page<BookingAtDesk> {
  return {
    async get(about, req, res) {
      const other = await deskReferredTo(deps.storage, about.booking);
      if (!other) return refuse(deps, res, about);
      const { topic, booked } = queryOf(req);
      const there = booked ? await deps.storage.bookings.findByReference(other.id, booked) : undefined;
      const key = clientKey(about.booking.client);
      const isTheirs = there && key !== null && clientKey(there.client) === key;
      await show(deps, res, { ...about, other, topic, booked: isTheirs ? there : undefined });
    },

    async post(about, req, res) {
      const { booking } = about;
      const other = await deskReferredTo(deps.storage, booking);
      if (!other) return refuse(deps, res, about);
      const typed = bodyOf(req);
      const { topic = '' } = typed;
      const { data: start } = instant.safeParse(typed.start);
      if (start === undefined)
        return show(deps, res.status(422), { ...about, other, topic, refusal: res.locals.t('followUp.choose') });
      const idempotency = keyOf(deps, res, { what: `elsewhere ${booking.id}`, fields: typed });
      try {
        const request = { bookingId: booking.id, topicId: topic, start, who: signedIn(res), idempotency };
        const { value } = await deed(res, () => deps.app.bookElsewhere(request));
        res.redirect(303, url(paths.staffElsewhere, { id: booking.id }, { booked: value.reference }));
      } catch (error) {
        const code = REFUSED.find((each) => isRefusal(error, each));
        if (!code) throw error;
        const isTaken = code === 'slot-unavailable';
        const refusal = res.locals.t(isTaken ? 'followUp.taken' : 'elsewhere.refused');
        await show(deps, res.status(isTaken ? 409 : 422), { ...about, other, topic, refusal });
      }
    },
  };
}

async function refuse(deps: Deps, res: Response, { booking, desk }: BookingAtDesk): Promise<void> {
  const refusal = refusalOf(notChangeable(booking, 'not-referred'), res.locals.t);
  await showBooking(deps, res, { booking, desk, ...(refusal && { refusal }) });
}

interface Shown extends BookingAtDesk {
  readonly other: Desk;
  /** The topic that was chosen; another one is none. */
  readonly topic: string | undefined;
  readonly booked?: Booking | undefined;
  readonly refusal?: string;
}

async function show(deps: Deps, res: Response, { topic, ...shown }: Shown): Promise<void> {
  const { other, booking } = shown;
  const topics = topicsOnOffer(other);
  const chosen = topics.find(({ id }) => id === topic) ?? topics[0];
  const query = { topicId: chosen?.id ?? '', language: clientsLanguage(booking) };
  const found = chosen && (await deps.app.findSlots({ deskId: other.id, query, audience: 'client' }));
  const facts = { ...shown, topics, chosen, slots: found?.slots ?? [], key: deps.ids.uuid(), texts: deps.texts };
  res.render('pages/staff/booking/elsewhere', elsewhereView(facts, res.locals));
}
