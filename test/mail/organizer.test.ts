import { simpleParser } from 'mailparser';
import { useCases } from '../../src/app/useCases';
import type { Booking } from '../../src/domain/booking/booking';
import { calendarFiles, organizerAddress } from '../../src/mail/calendarFile';
import { type TestApp, testApp } from '../support/app';
import { aRequest, booked } from '../support/bookings';
import { aDesk, TUESDAY_NINE } from '../support/builders';
import { parseCalendar } from '../support/calendars';
import { aMessageFrom, mailDeps, mailFacts } from '../support/mails';

const OWN = 'beratung@expat-desk.example';
const NEW = { mailFrom: 'Stadt Musterhausen <termine@city.example>' };
const client = { kind: 'client' } as const;

let t: TestApp;
beforeEach(async () => {
  t = await testApp();
});
afterEach(() => t.close());

/** The same database after a restart with MAIL_FROM. */
const restarted = () =>
  useCases({
    ...t.deps,
    mailFacts: mailFacts(NEW),
    showMail: aMessageFrom,
    sender: (desk) => organizerAddress(NEW, desk),
  });

/** What the client's calendar goes by, mail by mail, oldest first. */
async function identities({ client: { email } }: Booking) {
  await t.run('sendOutbox');
  const mails = (await t.mailbox.list()).filter(({ to }) => email && to.includes(email));
  const seen = mails.map(async ({ id }) => {
    const raw = (await t.mailbox.raw(id)) ?? '';
    const { from } = await simpleParser(raw);
    const ics = (await t.mailbox.find(id))?.calendar?.content ?? '';
    return { from: from?.value[0]?.address, ...identity(ics) };
  });
  return (await Promise.all(seen)).sort((a, b) => a.sequence.localeCompare(b.sequence));
}

function identity(ics: string) {
  const { event, root, text } = parseCalendar(ics);
  const organizer = String(event.getFirstPropertyValue('organizer'));
  return { method: root.getFirstPropertyValue('method'), sequence: text('sequence'), uid: text('uid'), organizer };
}

describe('When the operator sets another sender', () => {
  it('update and CANCEL keep the ORGANIZER, From and UID of the earlier REQUEST', async () => {
    const booking = await booked(t);
    await t.run('sendOutbox');
    const app = restarted();
    await app.moveBooking({ bookingId: booking.id, start: TUESDAY_NINE.start + 3_600_000, who: client });
    await t.run('sendOutbox');
    await app.cancelBooking({ bookingId: booking.id, reason: null, who: client });

    const same = { from: OWN, organizer: `mailto:${OWN}`, uid: booking.uid };
    expect(await identities(booking)).toEqual([
      { ...same, method: 'REQUEST', sequence: '0' },
      { ...same, method: 'REQUEST', sequence: '1' },
      { ...same, method: 'CANCEL', sequence: '2' },
    ]);
  });

  it('the download keeps them, too', async () => {
    const booking = await booked(t);
    const files = [mailDeps, { ...mailDeps, ...NEW }].map((deps) => calendarFiles(deps)(aDesk(), booking));
    for (const file of files) expect(identity(file)).toMatchObject({ uid: booking.uid, organizer: `mailto:${OWN}` });
  });

  it('invitations to a new booking and its changes come from the new sender', async () => {
    const { value: booking } = await restarted().bookConsultation(aRequest());
    await t.run('sendOutbox');
    await t.app.cancelBooking({ bookingId: booking.id, reason: null, who: client });
    const seen = await identities(booking);
    expect(seen.map(({ from, organizer }) => [from, organizer])).toEqual([
      ['termine@city.example', 'mailto:termine@city.example'],
      ['termine@city.example', 'mailto:termine@city.example'],
    ]);
  });
});
