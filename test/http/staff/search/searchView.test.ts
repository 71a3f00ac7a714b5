import { searchView } from '../../../../src/http/staff/search/view';
import { aBooking, aClient, aDesk } from '../../../support/builders';
import { ENGLISH_STAFF } from '../../../support/readers';

describe('The view of a search', () => {
  it('has what was typed, what was found and by which field, and the way to the next page', () => {
    const booking = aBooking({ client: aClient({ phone: '+492115550100' }) });
    const found = { bookings: [booking], next: 'c2' };
    const facts = { desk: aDesk(), search: 's1', typed: '0100', retyped: undefined, found, isLater: false };
    expect(searchView(facts, ENGLISH_STAFF)).toStrictEqual({
      title: 'Search bookings',
      action: '/staff/expat-desk/bookings',
      newHref: '/staff/expat-desk/bookings/new',
      q: '0100',
      typedForm: 'search',
      searched: true,
      isLater: false,
      found: [
        {
          href: '/staff/bookings/3b241101-e2bb-4255-8caf-4136c566a962',
          reference: 'K7MQ-4XWT',
          day: 'Tue, 1 December',
          span: '09:00–09:30',
          client: 'Kim Probe',
          language: 'English',
          topic: 'Residence law',
          mode: 'in person',
          advisor: 'Ada Beispiel',
          video: undefined,
          state: 'confirmed',
          stateText: 'Booked',
          date: 'Tuesday, 1 December 2026',
          email: 'kim@client.example',
          foundBy: 'phone ends with 100',
        },
      ],
      nextHref: '/staff/expat-desk/bookings?search=s1&cursor=c2',
      firstHref: '/staff/expat-desk/bookings?search=s1',
    });
  });
});
