import type { Booking } from '../../../src/domain/booking/booking';
import type { Desk } from '../../../src/domain/desk';
import { type InvitationFacts, invitation, publication } from '../../../src/domain/notifications/invitation';
import { bookingFacts, deskFacts } from '../../../src/domain/notifications/mailFacts';
import { aBooking, aDesk, aTopic, NOW } from '../../support/builders';

/** Says which text is meant, with what is put into it. */
const t = (key: string, values: Record<string, unknown> = {}) => [key, ...Object.values(values)].join(' ');
const organizer = { name: 'Expat Service Desk', address: 'beratung@expat-desk.example' };
const attendee = { name: 'Kim Probe', address: 'kim@client.example' };

interface Given {
  readonly desk?: Desk;
  readonly booking?: Booking;
}

function facts({ desk = aDesk(), booking = aBooking() }: Given = {}): InvitationFacts {
  return {
    desk: deskFacts(desk, 'en'),
    booking: bookingFacts(booking, desk, 'en'),
    organizer,
    stamp: NOW,
    t,
    spoken: 'English',
    findBookingUrl: 'https://termine.example/en/expat-desk/find-booking',
  };
}

const request = (part: Given = {}) => invitation({ ...facts(part), method: 'REQUEST', attendee });

describe('An invitation', () => {
  it('contains the booking’s own time, zone, UID and SEQUENCE', () => {
    const booking = aBooking({ sequence: 3 });
    expect(request({ booking })).toMatchObject({
      method: 'REQUEST',
      uid: booking.uid,
      sequence: 3,
      stamp: NOW,
      start: booking.time.start,
      end: booking.time.end,
      timeZone: 'Europe/Berlin',
      organizer,
      attendee,
      status: 'CONFIRMED',
    });
  });

  it('leaves the topic out unless it has a neutral name', () => {
    expect(request().summary).toBe('mail.calendar.summary Expat Service Desk');
  });

  it('names the topic by its neutral name', () => {
    const topics = [aTopic({ neutralName: { de: 'Familie', en: 'Family' } })];
    expect(request({ desk: aDesk({ topics }) }).summary).toBe(
      'mail.calendar.summaryWithTopic Family Expat Service Desk',
    );
  });

  it.each([
    ['in_person', 'Musterplatz 1, 40213 Düsseldorf'],
    ['phone', 'mail.calendar.location.phone'],
    ['video', 'mail.calendar.location.video'],
  ] as const)('names the place: %s', (mode, location) => {
    expect(request({ booking: aBooking({ mode }) }).location).toBe(location);
  });

  it('describes reference, language, mode, and a way to the booking that contains no secret', () => {
    expect(request().description.split('\n')).toEqual([
      'mail.calendar.reference K7MQ-4XWT',
      'mail.calendar.language English',
      'mail.calendar.mode mail.mode.in_person',
      '',
      'mail.calendar.find https://termine.example/en/expat-desk/find-booking',
    ]);
  });

  it('names the advisor only if the booking is tied to one', () => {
    expect(request().description).not.toContain('Ada Beispiel');
    expect(request({ booking: aBooking({ tied: true }) }).description).toContain('mail.calendar.advisor Ada Beispiel');
  });

  it('contains nothing that the client wrote', () => {
    const booking = aBooking({
      note: 'geheim',
      answers: { family: 'geheim' },
      onBehalfOf: { organisation: 'geheim', name: 'geheim' },
    });
    expect(JSON.stringify(request({ booking }))).not.toContain('geheim');
  });

  it('is tentative as long as the booking is only requested', () => {
    expect(request({ booking: aBooking({ status: 'requested' }) }).status).toBe('TENTATIVE');
  });

  it('is cancelled by a CANCEL of the whole event', () => {
    const booking = aBooking({ status: 'cancelled', sequence: 1 });
    expect(invitation({ ...facts({ booking }), method: 'CANCEL', attendee })).toMatchObject({
      method: 'CANCEL',
      status: 'CANCELLED',
      sequence: 1,
      attendee,
    });
  });

  it('has the alarm of the booking, but for a CANCEL', () => {
    const booking = aBooking({ alarmMinutes: 60 });
    expect(request({ booking }).alarmMinutes).toBe(60);
    expect(request().alarmMinutes).toBeNull();
    expect(publication(facts({ booking })).alarmMinutes).toBe(60);
    expect(invitation({ ...facts({ booking }), method: 'CANCEL', attendee }).alarmMinutes).toBeNull();
    const cancelled = aBooking({ alarmMinutes: 60, status: 'cancelled' });
    expect(publication(facts({ booking: cancelled })).alarmMinutes).toBeNull();
  });
});

describe('A publication', () => {
  it('invites nobody', () => {
    expect(publication(facts())).toMatchObject({ method: 'PUBLISH', attendee: null, status: 'CONFIRMED' });
  });
  it('of a cancelled booking says so', () => {
    expect(publication(facts({ booking: aBooking({ status: 'cancelled' }) })).status).toBe('CANCELLED');
  });
});
