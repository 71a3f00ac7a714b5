import type { z } from 'zod';
import type { Details } from '../../domain/booking/booking';
import { clientLocaleFor } from '../../presentation/texts';
import type * as schema from './schemas';

type Request = z.output<typeof schema.BookingRequest> | z.output<typeof schema.StaffBookingRequest>;

/**
 * Returns the client's details from a booking request. Mails are in the consultation's language if they exist in it,
 * otherwise in English.
 */
export function detailsOf({ client, language, attendees, onBehalfOf, note, answers }: Request): Details {
  return {
    client: {
      name: client.name,
      email: client.email ?? null,
      phone: client.phone ?? null,
      language: client.language ?? clientLocaleFor(language),
    },
    attendees: attendees ?? 1,
    onBehalfOf: onBehalfOf ?? null,
    note: note || null,
    answers: answers ?? {},
  };
}

/** Returns what is asked for from the same request. */
export function wishOf({
  topic,
  language,
  mode,
  advisor,
  urgent,
}: Pick<Request, 'topic' | 'language' | 'mode' | 'advisor'> & { readonly urgent?: boolean | undefined }) {
  return { topicId: topic, language, mode, advisorId: advisor, urgent };
}
