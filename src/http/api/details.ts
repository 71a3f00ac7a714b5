import type { z } from 'zod';
import type { Details } from '../../domain/booking/booking';
import { clientLocaleFor } from '../../presentation/texts';
import type * as schema from './schemas';

type Request = z.output<typeof schema.BookingRequest> | z.output<typeof schema.StaffBookingRequest>;

/**
 * Returns the client's details from a booking request. Mails are in the consultation's language if they exist in it,
 * otherwise in English; those to others who are advised, in their own or else in the client's.
 */
export function detailsOf(request: Request): Details {
  const { client, attendees, onBehalfOf, employee, people = [], support = [], note, answers } = request;
  const language = client.language ?? clientLocaleFor(request.language);
  const named = [...(employee ? [employee] : []), ...people.map((person) => ({ ...person, language: undefined }))];
  const advised = onBehalfOf?.name ?? employee?.name;
  return {
    client: { name: client.name, email: client.email ?? null, phone: client.phone ?? null, language },
    attendees: attendees ?? 1,
    onBehalfOf: advised === undefined ? null : { organisation: onBehalfOf?.organisation ?? '', name: advised },
    people: named.map((person) => ({
      name: person.name,
      email: person.email ?? null,
      language: person.language ?? language,
    })),
    support,
    note: note || null,
    answers: answers ?? {},
  };
}

/** Returns what is asked for from the same request. */
export function wishOf({
  topic,
  language,
  interpreter,
  mode,
  advisor,
  urgent,
}: Pick<Request, 'topic' | 'language' | 'mode' | 'advisor'> & {
  readonly urgent?: boolean | undefined;
  readonly interpreter?: boolean | undefined;
}) {
  return { topicId: topic, language, interpreter, mode, advisorId: advisor, urgent };
}
