import { deskListView } from '../../../../src/http/public/desk/deskList/view';
import { testApp } from '../../../support/app';
import { aDesk, aTopic, NOW } from '../../../support/builders';
import { aClientWhoReads } from '../../../support/readers';
import { browse } from '../browser';

describe('The view of the list of desks', () => {
  it('has a card for each, and the legal pages of the first', () => {
    const other = aDesk({ id: 'wuppertal', name: { de: 'Servicestelle', en: 'Service desk' } });
    const shut = { ...other, hours: { ...other.hours, rules: [] } };
    expect(deskListView({ desks: [aDesk(), shut], typed: '', now: NOW }, aClientWhoReads('en'))).toEqual({
      title: 'Book a consultation',
      search: { action: '/', typed: '', hidden: [{ name: 'lang', value: 'en' }], most: 100 },
      found: undefined,
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
    const { desks: cards } = deskListView({ desks, typed: '', now: NOW }, aClientWhoReads('de'));
    expect(cards.map(({ name, address }) => `${name}, ${address}`)).toEqual([
      'Ämter, A',
      'Zentrum, A 9',
      'Zentrum, A 10',
      'Zentrum, B',
    ]);
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
    const { found, desks: cards } = deskListView({ desks, typed: 'anaokulu', now: NOW }, aClientWhoReads('tr'));
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
    const { found, desks: cards } = deskListView({ desks, typed: 'neuss', now: NOW }, aClientWhoReads('en'));
    expect(cards.map(({ href }) => href)).toEqual(['/en/near']);
    expect(found).toMatchObject({ title: 'Topics for “neuss”', topics: [] });
  });

  it('says that nothing was found, and keeps what was typed and all desks', () => {
    const { found, desks: cards, search } = deskListView({ desks, typed: 'xyz', now: NOW }, aClientWhoReads('en'));
    expect(found?.title).toBe('We found nothing for “xyz”. Try another word, or look at all service points.');
    expect([cards.length, search.typed]).toEqual([2, 'xyz']);
  });

  it('shows so many topics as somebody reads, and that there are more', () => {
    const topics = Array.from({ length: 21 }, (_, i) => aTopic({ id: `t${i}` }));
    const { found } = deskListView({ desks: [aDesk({ topics })], typed: 'residence', now: NOW }, aClientWhoReads('en'));
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
