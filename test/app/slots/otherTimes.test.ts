import { simpleParser } from 'mailparser';
import { DAY } from '../../../src/domain/calendar/dates';
import { HOUR } from '../../../src/domain/calendar/interval';
import { type TestApp, testApp } from '../../support/app';
import { aRequest, booked } from '../../support/bookings';
import { aReceptionist, TUESDAY_NINE } from '../../support/builders';

const NINE = TUESDAY_NINE.start;
const STAFF = aReceptionist('Rezi Empfang');
const LINK = /^ {2}(http:\/\/desk\.example\/\S+)$/gm;

let t: TestApp;
beforeAll(async () => {
  t = await testApp();
});
afterAll(() => t.close());

/** The links to free times in the last mail to a client. */
const offered = async () => {
  await t.run('sendOutbox');
  const rows = (await t.everything()).outbox as { id: number; recipient: string; content: string | null }[];
  const last = rows
    .filter(({ recipient }) => recipient === 'client')
    .sort((a, b) => a.id - b.id)
    .at(-1);
  const { text = '' } = await simpleParser(last?.content ?? '');
  return [...text.matchAll(LINK)].map(([, href]) => href);
};
const firstFree = async (except: number[]) => {
  const { slots } = await t.app.findSlots({ deskId: 'expat-desk', query: aRequest().query, audience: 'client' });
  return slots
    .map(({ time }) => time.start)
    .filter((start) => !except.includes(start))
    .slice(0, 3);
};

describe('The list of free times in a mail about a change by the desk', () => {
  it('has the next three times of the same kind, without the cancelled one', async () => {
    const { id } = await booked(t);
    await offered();
    await t.app.cancelBooking({ bookingId: id, reason: 'Krank', who: STAFF });
    const links = await offered();
    const starts = links.map((href) => new URL(href ?? '').searchParams.get('start'));
    expect(starts).toEqual((await firstFree([NINE])).map((start) => new Date(start).toISOString()));
    expect(links).toHaveLength(3);
  });

  it('leads to moving the booking by its own link if it was moved', async () => {
    const { id } = await booked(t);
    await offered();
    await t.app.moveBooking({ bookingId: id, start: NINE + DAY, who: STAFF });
    const links = await offered();
    expect(links).toHaveLength(3);
    for (const href of links) expect(href).toMatch(/\/b\/[\w-]+\/move\?date=/);
  });

  it('is not computed if the client made the change', async () => {
    const { id } = await booked(t, { start: NINE + HOUR });
    await offered();
    await t.app.cancelBooking({ bookingId: id, reason: 'Krank', who: { kind: 'client' } });
    expect(await offered()).toEqual([]);
  });
});
