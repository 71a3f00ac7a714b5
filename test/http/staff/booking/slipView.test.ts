import { REFERENCE_ALPHABET } from '../../../../src/domain/booking/reference';
import { slipView } from '../../../../src/http/staff/booking/slip/view';
import { qrCode } from '../../../../src/presentation/qrCode';
import { aBooking, aClient, aDesk, aDeskThatAsks, aQuestion, span } from '../../../support/builders';
import { ENGLISH_STAFF, GERMAN_STAFF, TEXTS } from '../../../support/readers';

describe('The slip', () => {
  it('is in the language of the client, beside what staff read in theirs', () => {
    const booking = aBooking({
      tied: true,
      answers: { visa: 'D' },
      client: aClient({ language: 'de' }),
    });
    const facts = { booking, desk: aDeskThatAsks([aQuestion()]), isNew: true, linkKey: 'k1' };
    expect(slipView(facts, ENGLISH_STAFF, TEXTS)).toStrictEqual({
      title: 'Booked',
      isNew: true,
      reference: 'K7MQ-4XWT',
      readOut: [
        {
          lang: 'de',
          dir: 'ltr',
          when: 'Dienstag, 1. Dezember, 9 Uhr',
          groups: ['K wie Kaufmann, 7, M wie Martha, Q wie Quelle', '4, X wie Xanthippe, W wie Wilhelm, T wie Theodor'],
        },
      ],
      notice: 'A mail is on its way to kim@client.example, language: German.',
      bookingHref: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962',
      againHref: '/staff/expat-desk/bookings/new',
      sheets: [
        {
          lang: 'de',
          dir: 'ltr',
          id: 'sheet-de',
          desk: 'Expat Service Desk',
          heading: 'Ihr Termin',
          reference: 'K7MQ-4XWT',
          rows: [
            {
              label: 'Wann',
              value: 'Dienstag, 1. Dezember 2026, 09:00–09:30 (MEZ)',
            },
            {
              label: 'Name',
              value: 'Kim Probe',
            },
            {
              label: 'Thema',
              value: 'Aufenthaltsrecht',
            },
            {
              label: 'Sprache',
              value: 'Englisch',
            },
            {
              label: 'Art',
              value: 'vor Ort',
            },
            {
              label: 'Wo',
              value: 'Musterplatz 1, 40213 Düsseldorf',
            },
            {
              label: 'Mit',
              value: 'Ada Beispiel',
            },
            {
              label: 'Welches Visum haben Sie?',
              value: 'D',
            },
          ],
          referenceLabel: 'Referenz',
          bringLabel: 'Bitte mitbringen',
          bring: ['Reisepass', 'Aufenthaltstitel'],
          linkLabel: 'Selbst verschieben oder absagen:',
          link: undefined,
          qr: undefined,
          change:
            'Verschieben oder absagen: +49 211 0000000 oder beratung@expat-desk.example. Bitte nennen Sie die Referenz. Die Beratung kostet nichts.',
        },
      ],
      linkForm: {
        action: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962/slip',
        hidden: [
          {
            name: 'key',
            value: 'k1',
          },
        ],
      },
      scripts: [
        {
          src: '/assets/staffPrint.js',
          module: true,
        },
      ],
    });
  });

  it('has the manage link if it was asked for, and for a video by an advisor who may change neither a place nor a name', () => {
    const booking = aBooking({ mode: 'video', client: aClient({ email: null, language: 'pl' }) });
    const manageUrl = 'https://desk.example/m/token';
    const facts = { booking, desk: aDesk(), isNew: false, manageUrl, linkKey: null };
    expect(slipView(facts, GERMAN_STAFF, TEXTS)).toStrictEqual({
      title: 'Beleg',
      isNew: false,
      reference: 'K7MQ-4XWT',
      readOut: [],
      notice: null,
      bookingHref: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962',
      againHref: '/staff/expat-desk/bookings/new',
      sheets: [
        {
          lang: 'en',
          dir: 'ltr',
          id: 'sheet-en',
          desk: 'Expat Service Desk',
          heading: 'Your consultation',
          reference: 'K7MQ-4XWT',
          rows: [
            {
              label: 'When',
              value: 'Tuesday, 1 December 2026, 09:00–09:30 (CET)',
            },
            {
              label: 'Name',
              value: 'Kim Probe',
            },
            {
              label: 'Topic',
              value: 'Residence law',
            },
            {
              label: 'Language',
              value: 'English',
            },
            {
              label: 'Mode',
              value: 'video',
            },
          ],
          referenceLabel: 'Reference',
          bringLabel: 'Please have ready',
          bring: [],
          linkLabel: 'Move or cancel it yourself:',
          link: 'https://desk.example/m/token',
          qr: qrCode(manageUrl),
          change:
            'To move or cancel it: +49 211 0000000 or beratung@expat-desk.example. Please tell us the reference. All advice is free of charge.',
        },
        {
          lang: 'de',
          dir: 'ltr',
          id: 'sheet-de',
          desk: 'Expat Service Desk',
          heading: 'Ihr Termin',
          reference: 'K7MQ-4XWT',
          rows: [
            { label: 'Wann', value: 'Dienstag, 1. Dezember 2026, 09:00–09:30 (MEZ)' },
            { label: 'Name', value: 'Kim Probe' },
            { label: 'Thema', value: 'Aufenthaltsrecht' },
            { label: 'Sprache', value: 'Englisch' },
            { label: 'Art', value: 'Video' },
          ],
          referenceLabel: 'Referenz',
          bringLabel: 'Bitte bereithalten',
          bring: [],
          linkLabel: 'Selbst verschieben oder absagen:',
          link: 'https://desk.example/m/token',
          qr: qrCode(manageUrl),
          change:
            'Verschieben oder absagen: +49 211 0000000 oder beratung@expat-desk.example. Bitte nennen Sie die Referenz. Die Beratung kostet nichts.',
        },
      ],
      linkForm: undefined,
      scripts: [
        {
          src: '/assets/staffPrint.js',
          module: true,
        },
      ],
    });
  });

  it('is read out in the language of the client and in German, with a word for each letter that a reference has', () => {
    const booking = aBooking({
      reference: REFERENCE_ALPHABET,
      time: span('2026-12-03T13:30:00+01:00', 30),
      client: aClient({ language: 'uk' }),
    });
    const { readOut } = slipView({ booking, desk: aDesk(), isNew: true, linkKey: null }, GERMAN_STAFF, TEXTS);
    expect(readOut.map(({ lang, when }) => [lang, when])).toEqual([
      ['uk', 'четвер, 3 грудня, 13:30'],
      ['de', 'Donnerstag, 3. Dezember, 13 Uhr 30'],
    ]);
    for (const { groups } of readOut) {
      const said = groups.flatMap((group) => group.split(', '));
      expect(said.filter((each) => /[A-Z].* \p{Lu}[\p{Ll}-]+/u.test(each))).toHaveLength(
        REFERENCE_ALPHABET.match(/[A-Z]/g)?.length ?? 0,
      );
    }
  });
});
