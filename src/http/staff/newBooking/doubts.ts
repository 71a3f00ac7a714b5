import type { Response } from 'express';
import type { Booking } from '../../../domain/booking/booking';
import type { Desk } from '../../../domain/desk';
import { likelyMeant } from '../../../fields/mailAddress';
import { reachOf } from '../../../presentation/reach';
import { clientLocaleFor, type Reader } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';
import { signedIn } from '../desk';
import type { Fields } from '../forms';
import { bookingLine } from '../line';
import { wordsOf } from '../words';

type Deps = Pick<HttpDeps, 'app' | 'now' | 'tokens'>;

const MAX_NAMESAKES = 5;

/** What somebody should look at before it is booked. */
interface Doubts {
  /** Future bookings under the same name, as the caller may already have one. */
  readonly same: readonly Booking[];
  /** Earlier bookings under the same name, the latest first: the caller is perhaps known. */
  readonly earlier: readonly Booking[];
  /** The mail address that was probably meant. */
  readonly meant: string | undefined;
  /** Names the doubts that must be looked at; empty: there are none. The form sends it back when they were seen. */
  readonly mark: string;
}

/** Returns the doubts about the name and the mail address in the form. */
export async function doubtsOf(
  { app, now, tokens }: Deps,
  res: Response,
  desk: Desk,
  { name = '', email = '' }: Fields,
): Promise<Doubts> {
  const at = now();
  const meant = likelyMeant(email);
  const asked = { deskId: desk.id, text: name, limit: MAX_NAMESAKES } as const;
  const search = async (more: object) =>
    name ? (await app.searchBookings(signedIn(res), { ...asked, ...more })).bookings : [];
  const same = await search({ range: { start: at }, nearestTo: at, status: 'confirmed' });
  const earlier = await search({ range: { end: at } });
  const isDoubtful = same.length > 0 || meant !== undefined;
  const mark = isDoubtful ? tokens.hash(JSON.stringify([...same.map(({ id }) => id), meant])) : '';
  return { same, earlier, meant, mark };
}

/** Returns the doubts as they are shown beside the name: each client who may be meant once, to be taken over. */
export function doubtsView({ same, earlier, meant, mark }: Doubts, desk: Desk, reader: Reader) {
  const words = wordsOf(desk, reader);
  const known = new Set<string>();
  const line = (booking: Booking) => {
    const { client } = booking;
    const { phone, email } = reachOf(client);
    const identity = JSON.stringify([client.name, client.phone, client.email]);
    const isNew = !known.has(identity);
    known.add(identity);
    return {
      ...bookingLine(booking, desk, { words }),
      reach: [phone, email].filter(Boolean).join(', '),
      // Typed fields are filled with these. Without script the button asks the server for it.
      take: isNew &&
        (phone || email) && {
          id: booking.id,
          label: reader.t('staff.newBooking.takeLabel', { name: client.name }),
          ...takenFields(booking),
        },
    };
  };
  return { same: same.map(line), earlier: earlier.map(line), meant, mark };
}

/** Returns the fields of the form as they are for the client of an earlier booking. */
export function takenFields({ client }: Booking) {
  const { phone, email } = reachOf(client);
  return { name: client.name, phone: phone ?? '', email: email ?? '', mailLanguage: clientLocaleFor(client.language) };
}
