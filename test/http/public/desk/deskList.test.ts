import { desksNear } from '../../../../src/http/public/desk/deskList/asked';
import { deskListView } from '../../../../src/http/public/desk/deskList/view';
import type { ClientLocale } from '../../../../src/presentation/texts';
import { testApp } from '../../../support/app';
import { aDesk, aTopic, NOW } from '../../../support/builders';
import { aClientWhoReads } from '../../../support/readers';
import { browse, textOf } from '../browser';

type Given = Parameters<typeof deskListView>[0];

/** The first page of these desks, in a language, with what its address says. */
function firstPage(desks: Given['desks'], locale: ClientLocale, query: Partial<Given['query']> = {}) {
  const asked = { typed: '', place: '', ...query };
  const near = desksNear(desks, asked.place);
  return deskListView({ desks, near, free: [], query: asked, now: NOW }, aClientWhoReads(locale));
}

describe('The view of the list of desks', () => {
  it('has a card for each, and the legal pages of the first', () => {
    const other = aDesk({ id: 'wuppertal', name: { de: 'Servicestelle', en: 'Service desk' } });
    const shut = { ...other, hours: { ...other.hours, rules: [] } };
    expect(firstPage([aDesk(), shut], 'en')).toEqual({
      title: 'Book a consultation',
      search: { action: '/', typed: '', hidden: [{ name: 'lang', value: 'en' }], most: 100 },
      where: undefined,
      found: undefined,
      roles: [{ text: 'It is about a member of my family', isChosen: false, href: '/?lang=en&who=family' }],
      concerns: [
        {
          isFolded: false,
          items: [
            {
              text: { de: 'Aufenthaltsrecht', en: 'Residence law' },
              at: 'At 2 service points',
              href: '/?lang=en&about=expat-desk%2Fresidence',
            },
            {
              text: { de: 'Beruf und Karriere', en: 'Career' },
              at: 'At 2 service points',
              href: '/?lang=en&about=expat-desk%2Fcareer',
            },
          ],
        },
      ],
      next: [],
      folded: undefined,
      desks: [
        {
          name: 'Expat Service Desk',
          headline: { de: 'Beratung für internationale Fachkräfte', en: 'Advice for international professionals' },
          address: 'Musterplatz 1, 40213 Düsseldorf',
          href: '/en/expat-desk',
          findHref: '/en/expat-desk/find-booking',
          open: 'Open now, until 17:00',
          isOpen: true,
        },
        {
          name: 'Service desk',
          headline: { de: 'Beratung für internationale Fachkräfte', en: 'Advice for international professionals' },
          address: 'Musterplatz 1, 40213 Düsseldorf',
          href: '/en/wuppertal',
          findHref: '/en/wuppertal/find-booking',
          open: 'Closed',
          isOpen: false,
        },
      ],
      aboutLinks: [
        { href: '/en/expat-desk/about/accessibility', text: 'Accessibility' },
        { href: '/en/expat-desk/about/privacy', text: 'Privacy' },
        { href: '/en/expat-desk/about/imprint', text: 'Imprint' },
        { href: '/en/expat-desk/about/easy-language', text: 'Leichte Sprache', lang: 'de' },
        { href: '/en/expat-desk/about/sign-language', text: 'Gebärdensprache', lang: 'de' },
      ],
    });
  });
});

describe('The cards of the desks', () => {
  it('are in the order of their names, and of their places where those are the same', () => {
    const called = (id: string, name: string, address: string) => aDesk({ id, name: { de: name }, address });
    const desks = [
      called('a', 'Zentrum', 'B'),
      called('b', 'Ämter', 'A'),
      called('c', 'Zentrum', 'A 10'),
      called('d', 'Zentrum', 'A 9'),
    ];
    const { desks: cards } = firstPage(desks, 'de');
    expect(cards.map(({ name, address }) => `${name}, ${address}`)).toEqual([
      'Ämter, A',
      'Zentrum, A 9',
      'Zentrum, A 10',
      'Zentrum, B',
    ]);
  });
});

describe('The two questions of the first page', () => {
  const place = (de: string, postcodes: string[], towns: string[] = []) => ({ name: { de, en: de }, towns, postcodes });
  const recognition = aTopic({ id: 'recognition', sentence: { de: 'Mein Diplom', en: 'My diploma' } });
  const hiring = aTopic({ id: 'hiring', sentence: { de: 'Wir stellen ein', en: 'We hire' }, forEmployers: true });
  const kita = aTopic({ id: 'kita', sentence: { de: 'Kita gesucht', en: 'I need day care' } });
  const near = aDesk({ places: [place('Düsseldorf', ['402', '404']), place('Kreis', ['40721'], ['Hilden'])] });
  const desks = [
    { ...near, topics: [hiring, recognition] },
    aDesk({ id: 'w', name: { de: 'W', en: 'W' }, places: [place('Wuppertal', ['42'])], topics: [recognition, kita] }),
    aDesk({ id: 'all', name: { de: 'All', en: 'All' }, topics: [kita] }),
  ];
  const shown = (query: Partial<Given['query']> = {}) => firstPage(desks, 'en', query).desks.map(({ href }) => href);
  const sentences = (query: Partial<Given['query']> = {}) =>
    firstPage(desks, 'en', query).concerns.map(({ items }) => items.map(({ text, href }) => [text.en, href]));

  it.each(['Düsseldorf', 'dusseldorf', '40210', '٤٠٢١٠', '40721', 'hilden', '402'])(
    'lead from %s to the desks for it, and to those for everybody',
    (typed) => {
      expect(shown({ place: typed })).toEqual(['/en/all', '/en/expat-desk']);
      expect(shown({ place: 'Wuppertal' })).toEqual(['/en/all', '/en/w']);
    },
  );

  it('say of a place that nobody knows that all desks follow, and keep what was typed', () => {
    expect(shown({ place: '99999' })).toHaveLength(3);
    const { where } = firstPage(desks, 'en', { place: '99999', typed: 'kita' });
    expect(where).toMatchObject({
      typed: '99999',
      unknown: 'We know no place called “99999”. Here are all service points.',
      hidden: [
        { name: 'lang', value: 'en' },
        { name: 'q', value: 'kita' },
      ],
      anyHref: '/?lang=en&q=kita',
    });
    expect(firstPage(desks, 'en', { place: '40721' }).where?.tiles.map(({ isChosen }) => isChosen)).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('lead by a sentence to its topic, or to the desks that have it in common', () => {
    expect(sentences()).toEqual([
      [
        ['My diploma', '/?lang=en&about=expat-desk%2Frecognition'],
        ['I need day care', '/?lang=en&about=w%2Fkita'],
        ['We hire', '/en/expat-desk/book/language?topic=hiring'],
      ],
    ]);
    const { found, concerns } = firstPage(desks, 'en', { about: 'w/recognition' });
    expect(found).toMatchObject({
      title: { en: 'My diploma' },
      topics: [{ desk: 'Expat Service Desk' }, { desk: 'W' }],
    });
    expect(concerns).toEqual([]);
    expect(sentences({ place: '402', about: 'nowhere/nothing' })[0]?.[0]).toEqual([
      'My diploma',
      '/en/expat-desk/book/language?topic=recognition',
    ]);
  });

  it('ask for employers only where a topic is for them', () => {
    expect(firstPage(desks, 'en').roles.map(({ text }) => text)).toEqual([
      'I am an employer',
      'I work for a relocation firm',
      'It is about a member of my family',
    ]);
    expect(firstPage([aDesk(), aDesk({ id: 'b' })], 'en').roles).toHaveLength(1);
  });

  it('lead employers to their topic first, and everybody else to the form for those whom they ask for', () => {
    const [own, ofEmployees] = sentences({ role: 'employer', place: '402' });
    expect(own).toEqual([['We hire', '/en/expat-desk/book/language?topic=hiring&for=others']]);
    expect(ofEmployees?.[0]).toEqual(['My diploma', '/en/expat-desk/book/language?topic=recognition&for=others']);
    expect(sentences({ role: 'family', place: '402' })).toEqual([
      [
        ['My diploma', '/en/expat-desk/book/language?topic=recognition&for=family'],
        ['I need day care', '/en/all/book/language?topic=kita&for=family'],
      ],
    ]);
  });

  it('fold many sentences below their headings, and many desks', () => {
    const topics = Array.from({ length: 17 }, (_, i) =>
      aTopic({ id: `t${i}`, name: { de: `T${i}` }, group: i < 9 ? { de: 'Auto', en: 'Car' } : null }),
    );
    const many = Array.from({ length: 13 }, (_, i) => aDesk({ id: `d${i}`, topics }));
    const { concerns, folded } = firstPage(many, 'en');
    expect(concerns.map(({ title, isFolded, items }) => [title, isFolded, items.length])).toEqual([
      [{ de: 'Auto', en: 'Car' }, true, 9],
      ['Other topics', true, 8],
    ]);
    expect(folded).toBe('All 13 service points');
  });
});

describe('The search over the topics of all desks', () => {
  const kita = aTopic({
    id: 'kita',
    name: { de: 'Kinderbetreuung', en: 'Childcare' },
    searchWords: ['Kita', 'anaokulu'],
  });
  const near = aDesk({ id: 'near', name: { de: 'Amt', en: 'Office' }, address: 'Am Markt 1, Neuss', topics: [kita] });
  const desks = [aDesk(), near];

  it('leads to the topic at its desk, and says where that is', () => {
    const { found, desks: cards } = firstPage(desks, 'tr', { typed: 'anaokulu' });
    expect(found).toEqual({
      title: '“anaokulu” için konular',
      topics: [
        {
          name: kita.name,
          description: kita.description,
          href: '/tr/near/book/language?topic=kita',
          desk: 'Office',
          address: 'Am Markt 1, Neuss',
        },
      ],
      isCut: false,
      allHref: '/?lang=tr',
    });
    expect(cards).toHaveLength(2);
  });

  it('shows the desks of a place alone', () => {
    const { found, desks: cards } = firstPage(desks, 'en', { typed: 'neuss' });
    expect(cards.map(({ href }) => href)).toEqual(['/en/near']);
    expect(found).toMatchObject({ title: 'Topics for “neuss”', topics: [] });
  });

  it('says that nothing was found, and keeps what was typed and all desks', () => {
    const { found, desks: cards, search } = firstPage(desks, 'en', { typed: 'xyz' });
    expect(found?.title).toBe('We found nothing for “xyz”. Try another word, or look at all service points.');
    expect([cards.length, search.typed]).toEqual([2, 'xyz']);
  });

  it('shows so many topics as somebody reads, and that there are more', () => {
    const topics = Array.from({ length: 21 }, (_, i) => aTopic({ id: `t${i}` }));
    const { found } = firstPage([aDesk({ topics })], 'en', { typed: 'residence' });
    expect([found?.topics.length, found?.isCut]).toEqual([20, true]);
  });
});

describe('The list of desks', () => {
  it('searches without a script, and shows what was typed as text', async () => {
    const t = await testApp({ desks: [aDesk(), aDesk({ id: 'wuppertal' })] });
    const { text } = await browse(t).get('/?lang=en&q=%3Cb%3EResidence').expect(200);
    expect(text).toContain('value="&lt;b&gt;Residence"');
    expect(text).not.toContain('<b>Residence');
    const found = await browse(t).get('/?lang=en&q=residence+law').expect(200);
    expect(found.text).toContain('/en/wuppertal/book/language?topic&#x3D;residence');
    await browse(t).get('/?q=a&q=b').expect(200);
    await t.close();
  });

  it('says when something is free first in each language, and at which desk', async () => {
    const busy = aDesk({ id: 'w', name: { de: 'Später', en: 'Later' }, leadTimeMinutes: 48 * 60 });
    const t = await testApp({ desks: [busy, aDesk()] });
    const { text } = await browse(t).get('/?lang=en').expect(200);
    expect(textOf({ text })).toContain('日本語 today, 12:00 Expat Service Desk');
    expect(text).toContain('/en/expat-desk/book/topic?language&#x3D;ja');
    await t.close();
  });

  it('carries whom a booking is for to its form', async () => {
    const t = await testApp();
    const client = browse(t);
    const asked = 'language=en&topic=residence&mode=phone&for=family&journey=one-journey';
    const { headers } = await client
      .post(`/en/expat-desk/book/time?${asked}`, { start: '2026-12-01T09:00:00+01:00' })
      .expect(303);
    expect(headers.location).toBe('/en/expat-desk/book/details?for=family');
    const { text } = await client.get(String(headers.location)).expect(200);
    expect(text).toMatch(/name="forWhom" value="family" checked/);
    await t.close();
  });

  it('has no two links of one name to different pages', async () => {
    const t = await testApp({
      desks: [aDesk(), aDesk({ id: 'wuppertal', name: { de: 'Servicestelle', en: 'Service point' } })],
    });
    const { text } = await browse(t).get('/?lang=de').expect(200);
    await t.close();
    const links = [...text.matchAll(/<a [^>]*href="([^"]+)"[^>]*>([\s\S]*?)<\/a>/g)].map(([, href, name = '']) => ({
      href,
      name,
    }));
    for (const { href, name } of links)
      expect(links.filter((other) => other.name === name && other.href !== href)).toEqual([]);
    expect(links.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Servicestelle', 'Termin ändern oder absagen: Servicestelle']),
    );
  });
});
