import { z } from 'zod';
import { attendees } from '../fields/schemas';

/** A number of people as it is typed into a form: digits only, so that "0x10" is not sixteen; nothing typed is one. */
export const typedAttendees = z.preprocess(
  (typed) => (/^\d+$/.test(String(typed ?? '')) ? Number(typed) : typed || 1),
  attendees,
);
