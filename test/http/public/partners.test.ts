import { partnersView } from '../../../src/http/pages/partnersView';
import { type TestApp, testApp } from '../../support/app';
import { booked } from '../../support/bookings';
import { aDesk, aPartner, aTopic } from '../../support/builders';
import { aClientWhoReads } from '../../support/readers';
import { aBrowser, wordsIn } from '../../support/staff';

const PARTNERS = [
  aPartner({
    phone: '+49 221 4710 301',
    ...{ email: 'amt@amt.example', website: 'https://www.amt.example/hier' },
    ...{ address: 'Musterallee 12', hours: { de: 'Morgens', en: 'In the mornings' } },
    ...{ bring: { de: 'Pass\nTitel', en: 'Passport\nPermit' }, bookingUrl: 'https://amt.example/termine' },
  }),
  aPartner({ id: 'gone', retired: true }),
  aPartner({ id: 'other', bookingDesk: 'wuppertal' }),
  aPartner({ id: 'unnamed' }),
];
const DESK = aDesk({
  topics: [aTopic({ partners: ['other', 'authority', 'gone'] }), aTopic({ id: 'career' })],
  partners: PARTNERS,
});

describe('The view of who else helps', () => {
  it('has the partners of the topic in the order of the desk, without those that are told no more', () => {
    const view = partnersView(DESK, DESK.topics[0] ?? aTopic(), aClientWhoReads('en'));
    expect(view?.title).toBe('Who else helps with this');
    expect(view?.partners).toEqual([
      {
        name: 'Immigration office',
        description: 'Issues residence permits.',
        rows: [
          { key: 'Address', value: 'Musterallee 12', dir: 'auto' },
          { key: 'Phone', value: '+49 221 4710 301', href: 'tel:+492214710301', dir: 'ltr' },
          { key: 'Email', value: 'amt@amt.example', href: 'mailto:amt@amt.example', dir: 'ltr' },
          { key: 'Website', value: 'amt.example', href: 'https://www.amt.example/hier', dir: 'ltr' },
          { key: 'Opening hours', lines: ['In the mornings'] },
          { key: 'What to bring', lines: ['Passport', 'Permit'] },
          { key: 'Appointment', value: 'Book an appointment there', href: 'https://amt.example/termine' },
        ],
      },
      expect.objectContaining({
        rows: [{ key: 'Appointment', value: 'Book an appointment there', href: '/en/wuppertal' }],
      }),
    ]);
  });

  it('is not there where the topic leads on to nobody', () => {
    expect(partnersView(DESK, aTopic({ partners: ['gone'] }), aClientWhoReads('de'))).toBeUndefined();
  });

  it('says a text in German and English to who reads another language', () => {
    const view = partnersView(DESK, aTopic({ partners: ['authority'] }), aClientWhoReads('ja'));
    expect(view?.partners[0]?.name).toEqual([
      { text: 'Ausländerbehörde', lang: 'de' },
      { text: 'Immigration office', lang: 'en' },
    ]);
  });
});

describe('Clients', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await testApp({ desks: [{ ...DESK, capacities: { video: 0 } }] });
  });
  afterEach(() => app.close());

  it('read who else helps with their topic behind the link of their booking', async () => {
    const { id } = await booked(app, { query: { topicId: 'residence', language: 'en', mode: 'in_person' } });
    const { text } = await aBrowser(app)
      .get(`/b/${app.deps.tokens.tokenFor(id)}?lang=en`)
      .expect(200);
    expect(wordsIn(text)).toMatch(/Who else helps with this Immigration office/);
    expect(text).toContain('<a href="https://amt.example/termine" rel="noreferrer">');
  });

  it('read it where nothing is free, and not where something is', async () => {
    const at = '/en/expat-desk/book/time?topic=residence&language=en&mode=';
    const read = async (mode: string) =>
      wordsIn(
        (
          await aBrowser(app)
            .get(at + mode)
            .expect(200)
        ).text,
      );
    expect(await read('video')).toContain('Who else helps with this');
    expect(await read('phone')).not.toContain('Who else helps with this');
  });
});
