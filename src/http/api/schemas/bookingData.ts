import { z } from 'zod';
import { SOURCES } from '../../../domain/booking/booking';
import { CLIENT_GROUPS, OUTCOMES } from '../../../domain/booking/outcome';
import { answersGiven, Booking, HistoryEntry } from './booking';
import { Mailed, Reply } from './mails';
import { Time } from './text';
import { WaitingData } from './waiting';

export const BookingData = Booking.extend({
  onBehalfOf: z.object({ organisation: z.string(), name: z.string() }).nullable(),
  answers: answersGiven,
  source: z.enum(SOURCES),
  follows: z.string().nullable(),
  outcome: z.enum(OUTCOMES).nullable(),
  group: z.enum(CLIENT_GROUPS).nullable(),
  createdAt: Time,
  changedAt: Time,
  history: z.array(HistoryEntry.omit({ from: true })),
  replies: z.array(Reply),
  mails: z.array(Mailed),
  waitingList: z.array(WaitingData),
}).meta({ id: 'BookingData', description: 'All that is stored of a booking and its client' });
