import { deskListView } from '../../../../src/http/public/desk/deskList/view';
import { testApp } from '../../../support/app';
import { aDesk, NOW } from '../../../support/builders';
import { aClientWhoReads } from '../../../support/readers';
import { browse } from '../browser';

describe('The view of the list of desks', () => {
  it('has a card for each, and the legal pages of the first', () => {
    const other = aDesk({ id: 'wuppertal', name: { de: 'Servicestelle', en: 'Service desk' } });
    const shut = { ...other, hours: { ...other.hours, rules: [] } };
    expect(deskListView({ desks: [aDesk(), shut], now: NOW }, aClientWhoReads('en'))).toEqual({
      title: 'Book a consultation',
      desks: [
        {
          name: 'Expat Service Desk',
          headline: { de: 'Beratung für internationale Fachkräfte', en: 'Advice for international professionals' },
          href: '/en/expat-desk',
          findHref: '/en/expat-desk/find-booking',
          open: 'Open now, until 17:00',
          isOpen: true,
        },
        {
          name: 'Service desk',
          headline: { de: 'Beratung für internationale Fachkräfte', en: 'Advice for international professionals' },
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

describe('The list of desks', () => {
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
