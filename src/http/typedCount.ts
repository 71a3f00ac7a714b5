import { z } from 'zod';
import { attendees } from '../fields/schemas';

/** Reads a number of people from a form: digits only, so that "0x10" is not sixteen; an empty field means one. */
export const typedAttendees = z.preprocess(
  (typed) => (/^\d+$/.test(String(typed ?? '')) ? Number(typed) : typed || 1),
  attendees,
);
