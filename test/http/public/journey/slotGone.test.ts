import { slotGoneView } from '../../../../src/http/public/journey/slotGone/view';
import { aClientWhoReads } from '../../../support/readers';
import { aHeldStage, anAnsweredStage, freeAt } from './stages';

describe('The view of a time that was taken', () => {
  it('offers the nearest times, and says that what was typed is kept', () => {
    const stage = aHeldStage({ hold: { draft: { name: 'Kim Probe' } } });
    const nearest = freeAt('2026-12-01T09:30:00+01:00', '2026-12-02T09:00:00+01:00');
    expect(slotGoneView({ stage, nearest }, aClientWhoReads('en'))).toEqual({
      title: 'This time is no longer free',
      text: 'Everything that you entered is still here: you only need another time.',
      form: {
        method: 'post',
        action: '/en/expat-desk/book/time?language=en&topic=residence&mode=phone&journey=one-journey',
      },
      groups: [
        {
          id: 'nearest',
          name: 'The nearest free times',
          times: [
            {
              id: 'start-1',
              value: '2026-12-01T09:30:00+01:00',
              time: 'Tue, 1 December, 09:30',
              label: 'Tuesday, 1 December, 09:30 to 10:00',
            },
            {
              id: 'start-2',
              value: '2026-12-02T09:00:00+01:00',
              time: 'Wed, 2 December, 09:00',
              label: 'Wednesday, 2 December, 09:00 to 09:30',
            },
          ],
        },
      ],
      otherDaysHref: '/en/expat-desk/book/time?language=en&topic=residence&mode=phone&journey=one-journey',
      contact: {
        address: 'Musterplatz 1, 40213 Düsseldorf',
        phone: '+49 211 0000000',
        phoneHref: 'tel:+492110000000',
        email: 'beratung@expat-desk.example',
      },
    });
  });

  it('leads to the other days if nothing is near', () => {
    const stage = anAnsweredStage({ date: '2026-12-01' });
    expect(slotGoneView({ stage, nearest: [] }, aClientWhoReads('de'))).toEqual({
      title: 'Diese Zeit ist nicht mehr frei',
      text: 'Bitte wählen Sie eine andere Zeit.',
      form: {
        method: 'post',
        action: '/en/expat-desk/book/time?language=en&topic=residence&mode=phone&journey=one-journey',
      },
      groups: [],
      otherDaysHref: '/en/expat-desk/book/time?language=en&topic=residence&mode=phone&journey=one-journey',
      contact: {
        address: 'Musterplatz 1, 40213 Düsseldorf',
        phone: '+49 211 0000000',
        phoneHref: 'tel:+492110000000',
        email: 'beratung@expat-desk.example',
      },
    });
  });
});
